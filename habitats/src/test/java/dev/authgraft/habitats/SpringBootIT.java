package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executable jars of Spring Boot, which load what they need from jars within the jar. */
@Matrix
class SpringBootIT extends Habitat {
  /** Standard output is for answers. */
  private static final String[] QUIET = {
    "--logging.level.root=off", "--spring.main.banner-mode=off"
  };

  @SuppressWarnings("ImmutableEnumChecker") // the list is
  enum Lane {
    BOOT_2_ON_8("boot-2", Jdk.JDK_8, "okhttp", "apache"),
    BOOT_3_ON_17("boot-3", Jdk.JDK_17, "template", "client", "okhttp"),
    BOOT_3_ON_25("boot-3", Jdk.JDK_25, "template", "client", "okhttp");

    final String boot;
    final Jdk jdk;
    final List<String> clients;

    Lane(String boot, Jdk jdk, String... clients) {
      this.boot = boot;
      this.jdk = jdk;
      this.clients = List.of(clients);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isServedFromTheStart(Lane lane) throws Exception {
    try (Child program =
        start(lane.jdk, List.of(agent(), "-jar", fatJar(lane), QUIET[0], QUIET[1]))) {
      assertThat(program.answer()).isEqualTo("ready");
      for (String client : lane.clients) {
        assertThat(program.ask(client + " " + url(client))).isEqualTo("200");
      }
      assertServed(lane.clients.size());
      assertThat(program.exit()).isZero();
      assertThat(program.err()).singleElement().asString().startsWith("authgraft INFO ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isServedOnceAttachedTo(Lane lane) throws Exception {
    try (Child program = start(lane.jdk, List.of("-jar", fatJar(lane), QUIET[0], QUIET[1]))) {
      assertThat(program.answer()).isEqualTo("ready");
      for (String client : lane.clients) {
        assertThat(program.ask(client + " " + api.url("/nothing"))).contains("404");
      }
      attach(lane.jdk, program);
      for (String client : lane.clients) {
        assertThat(program.ask(client + " " + url(client))).isEqualTo("200");
      }
      assertServed(lane.clients.size());
      assertThat(program.exit()).isZero();
    }
  }

  /** Lays out a jar as Spring's own plugins do. */
  private String fatJar(Lane lane) throws IOException {
    List<Path> libraries = Workshop.libraries(lane.boot);
    String release = lane.jdk == Jdk.JDK_8 ? "8" : "17";
    List<String> options =
        List.of("--release", release, "-parameters", "-cp", Workshop.path(libraries));
    Path classes =
        Workshop.compiledWith(options, directory.resolve("classes"), "clients", lane.boot);
    Map<String, Path> entries = new TreeMap<>(loader(lane.boot + "-loader"));
    Workshop.files(classes).forEach((name, file) -> entries.put("BOOT-INF/classes/" + name, file));
    for (Path jar : libraries) entries.put("BOOT-INF/lib/" + jar.getFileName(), jar);
    boolean isNew = entries.containsKey("org/springframework/boot/loader/launch/JarLauncher.class");
    Map<String, String> manifest =
        Map.of(
            "Main-Class",
            "org.springframework.boot.loader." + (isNew ? "launch." : "") + "JarLauncher",
            "Start-Class",
            "legacy.Application",
            "Spring-Boot-Classes",
            "BOOT-INF/classes/",
            "Spring-Boot-Lib",
            "BOOT-INF/lib/");
    return Workshop.jar(directory.resolve("program.jar"), manifest, entries).toString();
  }

  private Map<String, Path> loader(String name) throws IOException {
    Path unpacked = directory.resolve("loader");
    Path jar = Workshop.named("spring-boot-loader-", Workshop.libraries(name));
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
        if (!entry.getName().endsWith(".class")) continue;
        Path file = unpacked.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
      }
    }
    return Workshop.files(unpacked);
  }
}
