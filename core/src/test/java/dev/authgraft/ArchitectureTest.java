package dev.authgraft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What core must not know, and which of its packages may know which. */
final class ArchitectureTest {
  /** The packages, the highest floor first. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("dev.authgraft"),
          List.of("dev.authgraft.internal.engine"),
          List.of("dev.authgraft.internal.config"),
          List.of("dev.authgraft.internal.rule"),
          List.of("dev.authgraft.internal.login"),
          List.of("dev.authgraft.internal.credential"),
          List.of(
              "dev.authgraft.internal.secret",
              "dev.authgraft.internal.yaml",
              "dev.authgraft.internal.match",
              "dev.authgraft.admin"),
          List.of("dev.authgraft.client", "dev.authgraft.spi"),
          List.of(
              "dev.authgraft.internal.util",
              "dev.authgraft.internal.body",
              "dev.authgraft.internal.hook"),
          List.of("dev.authgraft.config"));

  private final JavaClasses core = new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void itKnowsNoHttpClient() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..", "okio..", "org.apache.hc..", "java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.HttpURLConnection")
        .check(core);
  }

  @Test
  void aLibraryIsUsedInOnePlace() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(YamlReader|TextReader|SourceSpans)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.yaml..")
        .check(core);
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.HiddenFields(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsoup..")
        .check(core);
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.JavaUtilLog(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..")
        .check(core);
  }

  /** Each package uses only those on lower floors, so that no change runs round in a circle. */
  @Test
  void everyPackageUsesOnlyLowerFloors() {
    List<String> above = new ArrayList<>();
    for (List<String> floor : FLOORS) {
      above.addAll(floor);
      for (String room : floor) {
        List<String> forbidden = new ArrayList<>(above);
        forbidden.remove(room);
        if (forbidden.isEmpty()) continue;
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden.toArray(new String[0]))
            .check(core);
      }
    }
    assertThat(core.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(above);
  }

  /** The agent calls it at every request, before a login needs any of this. */
  @Test
  void tlsIsTouchedByItsSettingsOnly() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(TlsSettings(\\$.*)?|HttpSettings|ConfiguredHttp)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.net.ssl..")
        .check(core);
  }
}
