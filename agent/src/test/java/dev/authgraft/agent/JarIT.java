package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

/** The layout of the jar, which is what hides Authgraft from the program. */
class JarIT {
  private static final String SBOM = "META-INF/sbom/authgraft-agent.cdx.json";
  private static final int CLASS = 7;
  private static final int NAME_AND_TYPE = 12;
  private static final int METHOD_TYPE = 16;

  @Test
  void onlyTheLauncherIsThereForEveryLoader() throws Exception {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class"))
        .containsExactlyInAnyOrder(
            "dev/authgraft/agent/launcher/AgentLoader.class",
            "dev/authgraft/agent/launcher/EntryHandler.class",
            "dev/authgraft/agent/launcher/EntryHandler$Connection.class",
            "dev/authgraft/agent/launcher/JarContent.class",
            "dev/authgraft/agent/launcher/Launcher.class");
    assertThat(entries())
        .filteredOn(name -> !name.matches("(authgraft|META-INF/licenses)/.*|.*\\.class"))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF", "META-INF/LICENSE", "META-INF/NOTICE", SBOM);
  }

  @Test
  void licencesOfWhatIsCarriedAreThere() throws Exception {
    assertThat(entries())
        .contains(
            "META-INF/licenses/ASM",
            "META-INF/licenses/jsoup",
            "META-INF/licenses/FastDoubleParser-LICENSE",
            "META-INF/licenses/Schubfach-LICENSE");
  }

  /** Scanners know no library by the names that it has in here. */
  @Test
  void billOfMaterialsNamesEachLibraryThatIsCarried() throws Exception {
    Matcher components =
        Pattern.compile("\"bom-ref\" : \"pkg:maven/([^@\"]+)@([^?\"]+)\\?type=jar\"")
            .matcher(new String(bytes(SBOM), StandardCharsets.UTF_8));
    Map<String, String> versions = new TreeMap<>();
    while (components.find()) versions.put(components.group(1), components.group(2));
    assertThat(versions)
        .containsOnlyKeys(
            "com.fasterxml.jackson.core/jackson-core",
            "dev.authgraft/authgraft-agent",
            "dev.authgraft/authgraft-apache",
            "dev.authgraft/authgraft-apache4",
            "dev.authgraft/authgraft-commons3",
            "dev.authgraft/authgraft-core",
            "dev.authgraft/authgraft-jdk",
            "dev.authgraft/authgraft-okhttp",
            "dev.authgraft/authgraft-okhttp2",
            "info.picocli/picocli",
            "net.bytebuddy/byte-buddy",
            "org.apache.httpcomponents.core5/httpcore5",
            "org.jsoup/jsoup",
            "org.yaml/snakeyaml")
        .containsEntry("com.fasterxml.jackson.core/jackson-core", version(JsonFactory.class))
        .containsEntry("net.bytebuddy/byte-buddy", version(ClassReader.class));
    assertThat(text(SBOM)).doesNotContain("\"optional\"");
  }

  /** Returns the version in the name of the jar that {@code type} was loaded from. */
  private static String version(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceFirst(".*-([0-9][^/]*)\\.jar", "$1");
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
            "authgraft/agent/dev/authgraft/shaded/hc/core5/http/message/BasicClassicHttpRequest.classdata",
            "authgraft/agent/META-INF/services/dev.authgraft.spi.LoginTransport");
  }

  /** What serves a program's client is linked to that client, not to what the agent carries. */
  @Test
  void onlyTheTransportOfTheClientModulesIsRelocated() throws Exception {
    assertThat(entries())
        .filteredOn(name -> name.matches("authgraft/agent/dev/authgraft/(apache|okhttp)/.*"))
        .isNotEmpty()
        .allMatch(name -> name.matches(".*/apache/internal/login/[^/]*"));
    assertThat(entries())
        .contains(
            "authgraft/hooks/dev/authgraft/apache/internal/classic/ExecChainHook.classdata",
            "authgraft/hooks/dev/authgraft/okhttp/internal/CallHook.classdata",
            "authgraft/hooks/dev/authgraft/okhttp/internal/ChainHook.classdata");
  }

  /** The jar carries parts of libraries: nothing that they need is left out. */
  @Test
  void everyClassThatTheAgentRefersToIsThere() throws Exception {
    Set<String> missing = new TreeSet<>();
    Set<String> carried = new HashSet<>(entries());
    for (String entry : carried) {
      if (!entry.startsWith("authgraft/agent/") || !entry.endsWith(".classdata")) continue;
      for (String type : references(bytes(entry))) {
        boolean there =
            carried.contains("authgraft/agent/" + type + ".classdata")
                || carried.contains("authgraft/bridge/" + type + ".classdata")
                || carried.contains(type + ".class")
                || ClassLoader.getPlatformClassLoader().getResource(type + ".class") != null;
        if (!there) missing.add(type);
      }
    }
    // jsoup matches with RE2/J where it is told to, which we do not.
    assertThat(missing).allMatch(type -> type.startsWith("com/google/re2j/"));
  }

  /** Returns the classes that the constant pool of a class names, by internal name (JVMS 4.4). */
  private static Set<String> references(byte[] content) {
    ClassReader reader = new ClassReader(content);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> types = new HashSet<>();
    for (int item = 1; item < reader.getItemCount(); item++) {
      int at = reader.getItem(item); // 0 after a constant that takes two places
      int tag = at == 0 ? 0 : reader.readByte(at - 1);
      if (tag == CLASS) addType(Type.getObjectType(reader.readUTF8(at, buffer)), types);
      if (tag == METHOD_TYPE) addTypes(reader.readUTF8(at, buffer), types);
      if (tag == NAME_AND_TYPE) addTypes(reader.readUTF8(at + 2, buffer), types);
    }
    return types;
  }

  private static void addTypes(String descriptor, Set<String> types) {
    if (descriptor.startsWith("(")) {
      for (Type argument : Type.getArgumentTypes(descriptor)) addType(argument, types);
      addType(Type.getReturnType(descriptor), types);
    } else {
      addType(Type.getType(descriptor), types);
    }
  }

  private static void addType(Type type, Set<String> types) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    if (element.getSort() == Type.OBJECT) types.add(element.getInternalName());
  }

  /** Relocation rewrites strings too: the agent would look for its own client in the program. */
  @Test
  void tableNamesTheClassesOfTheProgram() throws Exception {
    assertThat(text("authgraft/hooks/table"))
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
    return new String(bytes(entry), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String entry) throws IOException {
    try (ZipFile zip = new ZipFile(Programs.agent().toFile())) {
      return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
    }
  }
}
