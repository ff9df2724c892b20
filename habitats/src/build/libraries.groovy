// Lays the artifacts of each line of src/test/libraries.txt, with what they depend on, into a
// directory of its own.
import java.nio.file.Files
import org.eclipse.aether.RepositorySystem
import org.eclipse.aether.artifact.DefaultArtifact
import org.eclipse.aether.collection.CollectRequest
import org.eclipse.aether.graph.Dependency
import org.eclipse.aether.resolution.DependencyRequest

def system = session.container.lookup(RepositorySystem)
def lines = new File(project.basedir, 'src/test/libraries.txt').readLines()
def laidOut = new File(project.basedir, 'target/libraries')

lines.findAll { it && !it.startsWith('#') }.each { line ->
  def (when, name, artifacts) = line.split(' +', 3)
  // The line is kept beside the jars, so that a changed one is laid out anew.
  def directory = new File(laidOut, name)
  def known = new File(laidOut, name + '.txt')
  if (when != 'always' && project.properties[when] != 'true') return
  if (known.exists() && known.text == line) return
  def collect = new CollectRequest(null as Dependency, project.remoteProjectRepositories)
  artifacts.split(' +').each {
    collect.addDependency(new Dependency(new DefaultArtifact(it), 'runtime'))
  }
  def request = new DependencyRequest(collect, null)
  def resolved = system.resolveDependencies(session.repositorySession, request).artifactResults
  directory.deleteDir()
  directory.mkdirs()
  resolved.each {
    Files.copy(it.artifact.file.toPath(), new File(directory, it.artifact.file.name).toPath())
  }
  known.text = line
}
