package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dependencies that the guide for library users shows are there. */
final class LibraryGuideTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void dependenciesAreModulesOfThisBuild() throws Exception {
    List<String> shown = shown("<artifactId>([^<]+)</artifactId>");
    assertThat(shown).containsExactly("authgraft-bom", "authgraft-okhttp", "authgraft-apache");
    String poms = "";
    for (String module : List.of("bom", "interceptors-okhttp", "interceptors-apache")) {
      poms += Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }
    for (String artifact : shown) {
      assertThat(poms).contains("</parent>\n  <artifactId>" + artifact + "</artifactId>");
    }
    assertThat(shown("<groupId>([^<]+)</groupId>")).containsOnly("dev.authgraft");
  }

  /** The version is that of the last release, or of the first one to come. */
  @Test
  void versionIsTheOneToUse() throws Exception {
    Path options = ROOT.resolve(".mvn/maven.config");
    String version = System.getProperty("authgraft.version").replace("-SNAPSHOT", "");
    if (Files.exists(options)
        && version.length() < System.getProperty("authgraft.version").length()) {
      version = Files.readString(options).replaceAll("(?s).*-Dapi\\.baseline=(\\S+).*", "$1");
    }
    assertThat(shown("<version>([^<]+)</version>")).containsExactly(version);
  }

  private static List<String> shown(String regex) throws Exception {
    String guide = Files.readString(ROOT.resolve("docs/library.md"));
    return Pattern.compile(regex).matcher(guide).results().map(LibraryGuideTest::name).toList();
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }
}
