package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The layout of the jar, which is what hides Authgraft from the program. */
class JarIT {
  @Test
  void onlyTheLauncherIsThereForEveryLoader() throws Exception {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class"))
        .containsExactlyInAnyOrder(
            "dev/authgraft/agent/launcher/AgentLoader.class",
            "dev/authgraft/agent/launcher/Launcher.class");
    assertThat(entries())
        .filteredOn(name -> !name.matches("(authgraft|META-INF/licenses)/.*|.*\\.class"))
        .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "META-INF/LICENSE", "META-INF/NOTICE");
  }

  @Test
  void licencesOfWhatIsCarriedAreThere() throws Exception {
    assertThat(entries())
        .contains(
            "META-INF/licenses/ASM",
            "META-INF/licenses/SLF4J",
            "META-INF/licenses/jsoup",
            "META-INF/licenses/FastDoubleParser-LICENSE",
            "META-INF/licenses/Schubfach-LICENSE");
  }

  @Test
  void everyLibraryHasAnotherName() throws Exception {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".classdata"))
        .allMatch(
            name ->
                name.matches("authgraft/(agent(/META-INF/versions/9)?|hooks)/dev/authgraft/.*")
                    || name.equals("authgraft/bridge/java/lang/AuthgraftBridge.classdata"))
        .noneMatch(name -> name.contains("module-info"));
    assertThat(entries())
        .contains(
            "authgraft/agent/dev/authgraft/shaded/asm/ClassReader.classdata",
            "authgraft/agent/dev/authgraft/shaded/snakeyaml/Yaml.classdata",
            "authgraft/agent/dev/authgraft/shaded/slf4j/impl/StaticLoggerBinder.classdata");
  }

  /** Relocation rewrites strings too: the agent would look for its own client in the program. */
  @Test
  void tableNamesTheClassesOfTheProgram() throws Exception {
    assertThat(text("authgraft/agent/dev/authgraft/agent/HookTable.classdata"))
        .contains("org/apache/hc/client5/http/impl/classic/ProtocolExec")
        .contains("okhttp3/internal/http/RealInterceptorChain")
        .doesNotContain("shaded");
  }

  @Test
  void manifestHasTheThreeWaysIn() throws Exception {
    try (JarFile jar = new JarFile(Programs.agent().toFile())) {
      for (String way : List.of("Premain-Class", "Agent-Class", "Main-Class")) {
        assertThat(jar.getManifest().getMainAttributes().getValue(way))
            .isEqualTo("dev.authgraft.agent.launcher.Launcher");
      }
      assertThat(jar.getManifest().getMainAttributes().getValue("Can-Retransform-Classes"))
          .isEqualTo("true");
    }
  }

  private static List<String> entries() throws IOException {
    try (ZipFile zip = new ZipFile(Programs.agent().toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static String text(String entry) throws IOException {
    try (ZipFile zip = new ZipFile(Programs.agent().toFile())) {
      byte[] content = zip.getInputStream(zip.getEntry(entry)).readAllBytes();
      return new String(content, StandardCharsets.ISO_8859_1);
    }
  }
}
