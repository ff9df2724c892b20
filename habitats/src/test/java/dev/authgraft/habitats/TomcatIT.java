package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A Tomcat with two applications, each with clients and libraries of its own in WEB-INF/lib. */
class TomcatIT extends Habitat {
  enum Release {
    TOMCAT_9("tomcat-9", Jdk.JDK_8, "javax"),
    TOMCAT_11("tomcat-11", Jdk.JDK_21, "jakarta");

    final String libraries;
    final Jdk jdk;
    final String servlets;

    Release(String libraries, Jdk jdk, String servlets) {
      this.libraries = libraries;
      this.jdk = jdk;
      this.servlets = servlets;
    }
  }

  static List<Release> releases() {
    return lanes(Release.TOMCAT_9, Release.TOMCAT_11);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void applicationsAreServedAndKeepTheirLibraries(Release release) throws Exception {
    try (Child tomcat = start(release)) {
      assertThat(tomcat.answer()).isEqualTo("ready");
      String old = "200 11 snakeyaml-1.17.jar 2.6.7";
      assertThat(tomcat.ask("old okhttp " + url("1"))).isEqualTo(old);
      assertThat(tomcat.ask("old apache " + url("2"))).isEqualTo(old);
      String recent = "200 11 snakeyaml-1.33.jar 2.9.10";
      assertThat(tomcat.ask("new okhttp " + url("3"))).isEqualTo(recent);
      assertThat(tomcat.ask("new apache " + url("4"))).isEqualTo(recent);
      assertServed(4);
      assertThat(tomcat.exit()).isZero();
      assertThat(tomcat.err()).noneMatch(line -> line.contains("authgraft WARN"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Matrix
  void undeployedApplicationIsCollected(Release release) throws Exception {
    try (Child tomcat = start(release)) {
      assertThat(tomcat.answer()).isEqualTo("ready");
      for (String application : List.of("old", "new")) {
        // The one that logs in is the first to go, and the other is served still.
        assertThat(tomcat.ask(application + " okhttp " + url("1"))).startsWith("200 ");
        assertThat(tomcat.ask(application + " apache " + url("2"))).startsWith("200 ");
        assertThat(tomcat.ask(application)).isEqualTo("undeployed");
      }
      assertThat(tomcat.ask("collected")).isEqualTo("0 left");
      assertServed(4);
      assertThat(tomcat.exit()).isZero();
      // It names the threads and thread-locals that keep an application loaded.
      assertThat(tomcat.err())
          .filteredOn(line -> line.contains("memory leak"))
          .noneMatch(line -> line.contains("authgraft"));
    }
  }

  private Child start(Release release) throws IOException {
    List<Path> server = Workshop.libraries(release.libraries);
    webapp("old", server, release.servlets);
    webapp("new", server, release.servlets);
    List<Path> path = new ArrayList<>(server);
    path.add(Workshop.compiled(directory.resolve("server"), server, "tomcat"));
    // The JDK's caches hold an application by soft references, until memory is short.
    String soft = "-XX:SoftRefLRUPolicyMSPerMB=0";
    String classPath = Workshop.path(path);
    return start(
        release.jdk, List.of(soft, agent(), "-cp", classPath, "legacy.Server", "old", "new"));
  }

  private void webapp(String name, List<Path> server, String servlets) throws IOException {
    Path classes = directory.resolve(name + "/WEB-INF/classes");
    Path lib = Files.createDirectories(directory.resolve(name + "/WEB-INF/lib"));
    Webapp.make(classes, lib, Workshop.libraries(name + "-clients"), server, servlets);
  }
}
