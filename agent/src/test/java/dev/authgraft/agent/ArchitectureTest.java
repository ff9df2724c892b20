package dev.authgraft.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.authgraft.testing.Floors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the agent leaves to others, and what it leaves alone before main. */
class ArchitectureTest {
  private final JavaClasses agent = new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void itHasNoAuthenticationLogic() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.authgraft.client.Attempt")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "okhttp3..",
            "com.squareup.okhttp..",
            "org.apache.commons.httpclient..",
            "org.apache.hc..",
            "dev.authgraft.okhttp..")
        .check(agent);
  }

  @Test
  void everyPackageUsesOnlyLowerFloors() {
    Floors.check(
        Path.of("target/classes/dev"),
        List.of(
            List.of("dev.authgraft.agent.cli"),
            List.of("dev.authgraft.agent.start", "dev.authgraft.agent.openapi"),
            List.of("dev.authgraft.agent.hook", "dev.authgraft.agent.terminal"),
            List.of("dev.authgraft.agent.launcher")));
  }

  /**
   * A program may want to set these up itself first, and loading them costs time. The config is
   * read by a thread beside the program's start.
   */
  @Test
  void codeBeforeMainUsesNoServicesOfTheJvm() {
    noClasses()
        .that()
        .haveNameNotMatching(
            ".*\\.(cli\\..*|ConfigReading|ConfigProblemPrinter|BridgeDefiner)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "java.nio.file..", "javax.management..", "javax.net.ssl..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.invoke..")
        .check(agent);
  }
}
