package dev.authgraft.agent.start;

import dev.authgraft.agent.launcher.AgentLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The agent jars that one JVM was started with. The first of them runs. */
final class AgentJars {
  private static final String LAUNCHER = "dev.authgraft.agent.launcher.Launcher";

  private AgentJars() {}

  /** Returns a note that names the jars of another version than the running one, or "". */
  static String others() {
    String running = ((AgentLoader) AgentJars.class.getClassLoader()).version();
    StringBuilder others = new StringBuilder();
    try {
      Enumeration<URL> manifests =
          ClassLoader.getSystemClassLoader().getResources("META-INF/MANIFEST.MF");
      while (manifests.hasMoreElements()) {
        URL url = manifests.nextElement();
        Attributes manifest = read(url);
        String version = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        if (!LAUNCHER.equals(manifest.getValue("Premain-Class")) || running.equals(version)) {
          continue;
        }
        others.append(others.length() == 0 ? running + " is on, not " : ", ");
        others.append(version + " of " + url.getPath().replaceFirst("!.*", ""));
      }
    } catch (IOException | RuntimeException e) { // a jar that was overwritten, say
      return ""; // the remark is all that is lost
    }
    return others.toString();
  }

  private static Attributes read(URL manifest) throws IOException {
    URLConnection connection = manifest.openConnection();
    connection.setUseCaches(false); // as the jar is now, which may have been replaced
    try (InputStream in = connection.getInputStream()) {
      return new Manifest(in).getMainAttributes();
    }
  }
}
