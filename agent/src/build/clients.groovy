// Lays each client of the tables, with what it depends on, into a directory of its own.
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import org.eclipse.aether.RepositorySystem
import org.eclipse.aether.artifact.DefaultArtifact
import org.eclipse.aether.collection.CollectRequest
import org.eclipse.aether.graph.Dependency
import org.eclipse.aether.resolution.DependencyRequest

def system = session.container.lookup(RepositorySystem)
def tables = ['clients.txt', 'real.txt', 'unchanged.txt', 'unserved.txt']
def lines = tables.collectMany { new File(project.basedir, "src/test/$it").readLines() }
def words = lines.findAll { it && !it.startsWith('#') }.collectMany { it.split('[ +]+') as List }
def clients = words.findAll { it.count(':') == 2 }

clients.unique().each { client ->
  def artifact = new DefaultArtifact(client)
  def directory =
      project.basedir.toPath().resolve("target/clients/$artifact.artifactId-$artifact.version")
  if (Files.exists(directory)) return
  def collect = new CollectRequest(null as Dependency, project.remoteProjectRepositories)
  // HttpClient warns on standard error where it finds no binding of SLF4J.
  for (needed in [artifact, new DefaultArtifact('org.slf4j:slf4j-nop:1.7.36')]) {
    collect.addDependency(new Dependency(needed, 'runtime'))
  }
  def request = new DependencyRequest(collect, null)
  def resolved = system.resolveDependencies(session.repositorySession, request).artifactResults
  Files.createDirectories(directory)
  resolved.each {
    def jar = it.artifact.file.toPath()
    Files.copy(jar, directory.resolve(jar.fileName), StandardCopyOption.REPLACE_EXISTING)
  }
}
