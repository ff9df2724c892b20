package dev.authgraft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.authgraft.testing.Floors;
import java.nio.file.Path;
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
          List.of("dev.authgraft.internal.credential", "dev.authgraft.internal.config.key"),
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
        .haveNameNotMatching(".*\\.(YamlReader|YamlSyntaxError|TextReader|SourceSpans)(\\$.*)?")
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

  @Test
  void everyPackageUsesOnlyLowerFloors() {
    Floors.check(Path.of("target/classes"), FLOORS);
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
