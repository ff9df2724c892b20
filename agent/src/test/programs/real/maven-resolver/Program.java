import java.io.File;
import java.nio.file.Files;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;

/** Downloads artifacts as Maven does. Argument: the repository's server. */
public final class Program {
  public static void main(String[] args) throws Exception {
    RepositorySystem system = new RepositorySystemSupplier().get();
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    File local = Files.createTempDirectory(new File(".").toPath(), "local").toFile();
    session.setLocalRepositoryManager(
        system.newLocalRepositoryManager(session, new LocalRepository(local)));
    session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_IGNORE);
    RemoteRepository remote =
        new RemoteRepository.Builder("remote", "default", args[0] + "/api/v1/users").build();
    for (String user : new String[] {"one", "two"}) {
      ArtifactRequest request = new ArtifactRequest();
      request.setArtifact(new DefaultArtifact("example:" + user + ":pom:1.0"));
      request.addRepository(remote);
      try {
        system.resolveArtifact(session, request);
        System.out.println(200);
      } catch (ArtifactResolutionException e) {
        System.out.println(e.getMessage().contains("401") ? "401" : e.getMessage());
      }
    }
  }
}
