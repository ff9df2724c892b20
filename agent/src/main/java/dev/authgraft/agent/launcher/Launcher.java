package dev.authgraft.agent.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** The three ways into the jar: with the program, into a running one, and by hand. */
public final class Launcher {
  private static @Nullable AgentLoader loader;

  private Launcher() {}

  /** Starts with the program. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    start("startWithProgram", options, instrumentation);
  }

  /** Starts in a program that already runs. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    start("startInRunningProgram", options, instrumentation);
  }

  /** Runs the command line. */
  public static void main(String[] args) throws Exception {
    Class<?> commands = Class.forName("dev.authgraft.agent.cli.Cli", true, loader());
    System.exit((Integer) commands.getMethod("run", String[].class).invoke(null, (Object) args));
  }

  private static void start(
      String method, @Nullable String options, Instrumentation instrumentation) {
    Throwable failure;
    try {
      Class.forName("dev.authgraft.agent.Agent", true, loader())
          .getMethod(method, String.class, Instrumentation.class)
          .invoke(null, options, instrumentation);
      return;
    } catch (InvocationTargetException e) {
      failure = e.getCause();
    } catch (Throwable e) { // the program runs on, whatever it is
      failure = e;
    }
    String remedy =
        failure instanceof SecurityException
            ? " (the security manager's policy must grant java.security.AllPermission to"
                + " authgraft-agent.jar)"
            : "";
    System.err.println(
        "authgraft ERROR cannot start, the program runs without authentication: "
            + failure
            + remedy);
  }

  private static synchronized AgentLoader loader() throws IOException {
    AgentLoader known = loader;
    if (known == null) loader = known = new AgentLoader(jar(), programFreeParent());
    return known;
  }

  /*
   * Not by resource, as one would: looking one up goes through the modules of the JDK first, which
   * loads fifty classes.
   */
  private static File jar() throws IOException {
    CodeSource source = Launcher.class.getProtectionDomain().getCodeSource();
    String url = source == null ? "" : String.valueOf(source.getLocation());
    if (!url.startsWith("file:") || !url.endsWith(".jar")) {
      throw new IOException("authgraft-agent.jar must be a file of its own, not " + url);
    }
    return new File(URI.create(url));
  }

  /** Returns the loader of the JDK's own extensions, or null for the boot loader. */
  private static @Nullable ClassLoader programFreeParent() {
    ClassLoader parent = ClassLoader.getSystemClassLoader();
    while (parent.getParent() != null) parent = parent.getParent();
    return parent;
  }
}
