package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients in a bundle of a module system, called from another one. Nothing is delegated to the boot
 * loader but what the framework delegates anyway.
 */
class OsgiIT extends Habitat {
  static List<Jdk> jdks() {
    return lanes(Jdk.JDK_8, Jdk.JDK_21);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void bundleIsServedForAsLongAsItIsThere(Jdk jdk) throws Exception {
    List<Path> felix = Workshop.libraries("felix");
    List<Path> clients = Workshop.libraries("new-clients");
    List<Path> all = new ArrayList<>(felix);
    all.addAll(clients);
    List<Path> path = new ArrayList<>(felix);
    path.add(Workshop.compiled(directory.resolve("host"), felix, "osgi"));
    Path caller = Workshop.compiled(directory.resolve("caller"), all, "clients", "bundle");
    List<String> words = new ArrayList<>(List.of(agent(), "-cp", Workshop.path(path)));
    words.addAll(List.of("legacy.Host", clientBundle(clients), callerBundle(caller)));
    try (Child framework = start(jdk, words)) {
      assertThat(framework.answer()).isEqualTo("installed");
      assertThat(framework.ask("okhttp " + url("1"))).isEqualTo("200");
      assertThat(framework.ask("apache " + url("2"))).isEqualTo("200");
      assertThat(framework.ask("uninstall")).isEqualTo("uninstalled");
      assertThat(framework.ask("install")).isEqualTo("installed");
      assertThat(framework.ask("okhttp " + url("3"))).isEqualTo("200");
      assertThat(framework.ask("apache " + url("4"))).isEqualTo("200");
      assertServed(4);
      assertThat(framework.exit()).isZero();
      assertThat(framework.err()).singleElement().asString().startsWith("authgraft INFO ");
    }
  }

  private String clientBundle(List<Path> jars) throws IOException {
    Map<String, Path> entries = new LinkedHashMap<>();
    for (Path jar : jars) entries.put(jar.getFileName().toString(), jar);
    String apache = "org.apache.hc.client5.http";
    return bundle(
        "clients",
        entries,
        Map.of(
            "Bundle-ClassPath",
            String.join(",", entries.keySet()),
            "Export-Package",
            "okhttp3,%1$s,%1$s.classic,%1$s.classic.methods,%1$s.impl.classic,org.apache.hc.core5.http"
                .formatted(apache),
            "Import-Package",
            "jdk.net,javax.net,javax.net.ssl,javax.security.auth.x500,javax.naming,javax.naming.directory,"
                + "javax.naming.ldap,org.ietf.jgss"));
  }

  private String callerBundle(Path classes) throws IOException {
    String imports =
        "org.osgi.framework,okhttp3,%1$s,%1$s.classic,%1$s.classic.methods,%1$s.impl.classic,org.apache.hc.core5.http"
            .formatted("org.apache.hc.client5.http");
    return bundle(
        "caller",
        Workshop.files(classes),
        Map.of("Bundle-Activator", "legacy.Activator", "Import-Package", imports));
  }

  private String bundle(String name, Map<String, Path> entries, Map<String, String> headers)
      throws IOException {
    Map<String, String> manifest = new LinkedHashMap<>(headers);
    manifest.putAll(Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", name));
    return Workshop.jar(directory.resolve(name + ".jar"), manifest, entries).toString();
  }
}
