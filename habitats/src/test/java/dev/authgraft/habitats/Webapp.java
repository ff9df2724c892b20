package dev.authgraft.habitats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An application of a servlet container. */
final class Webapp {
  private static final String SERVLET = "legacy/CallServlet.java";

  private Webapp() {}

  /**
   * Fills {@code classes} and {@code lib} of an application.
   *
   * @param server the jars that it is compiled against beside its own
   * @param servlets the package of the servlets' API: javax up to Tomcat 9, then jakarta
   */
  static void make(Path classes, Path lib, List<Path> libraries, List<Path> server, String servlets)
      throws IOException {
    for (Path jar : libraries) Files.copy(jar, lib.resolve(jar.getFileName()));
    Path sources = classes.resolveSibling("src-" + servlets);
    Path servlet = sources.resolve(SERVLET);
    Files.createDirectories(servlet.getParent());
    String source = Files.readString(Workshop.source("webapp").resolve(SERVLET));
    Files.writeString(servlet, source.replace("javax.servlet", servlets + ".servlet"));
    List<Path> path = new ArrayList<>(libraries);
    path.addAll(server);
    String release = servlets.equals("javax") ? "8" : "17";
    List<String> options = List.of("--release", release, "-cp", Workshop.path(path));
    Workshop.compile(classes, options, List.of(Workshop.source("clients"), sources));
  }
}
