package dev.authgraft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What core must not know. */
final class ArchitectureTest {
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

  /** The agent calls it at every request, before a login needs any of this. */
  @Test
  void tlsIsTouchedByItsSettingsOnly() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(TlsSettings(\\$.*)?|HttpSettings)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.net.ssl..")
        .check(core);
  }
}
