package dev.authgraft.agent.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** The jar's three entry points: start with a program, attach to one, and the command line. */
public final class Launcher {
  private static final int BAD_CONFIG =
      78; // as ProgramExit has it; that class may be the one that cannot be read

  private static @Nullable AgentLoader loader;

  private Launcher() {}

  /** Starts with the program; stops the program on failure unless the options say otherwise. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    Throwable failure = start("startWithProgram", options, instrumentation);
    if (failure == null) return;
    if (runsOnBadConfig(options)) {
      say("the program runs without authentication", failure);
      return;
    }
    say("the program is stopped; with on-bad-config=run it would run without", failure);
    System.exit(BAD_CONFIG); // if exit is forbidden, the JVM aborts because the agent failed
  }

  /** Starts in a program that already runs. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    Throwable failure = start("startInRunningProgram", options, instrumentation);
    if (failure != null) say("the program runs without authentication", failure);
  }

  /** Runs the command line. */
  public static void main(String[] args) throws Exception {
    Class<?> commands = Class.forName("dev.authgraft.agent.cli.Cli", true, loader());
    System.exit((Integer) commands.getMethod("run", String[].class).invoke(null, (Object) args));
  }

  /** Returns the failure that kept the agent from starting, or null if it started. */
  private static @Nullable Throwable start(
      String method, @Nullable String options, Instrumentation instrumentation) {
    try {
      Class.forName("dev.authgraft.agent.start.Agent", true, loader())
          .getMethod(method, String.class, Instrumentation.class)
          .invoke(null, options, instrumentation);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (Throwable e) { // anything must be reported
      return e;
    }
  }

  private static void say(String outcome, Throwable failure) {
    String remedy =
        failure instanceof SecurityException
            ? " (the security manager's policy must grant java.security.AllPermission to"
                + " authgraft-agent.jar)"
            : "";
    System.err.println("authgraft ERROR cannot start, " + outcome + ": " + failure + remedy);
  }

  /* Repeats what Options does, in the same order: that class may be the one that cannot be read. */
  private static boolean runsOnBadConfig(@Nullable String options) {
    String own = "," + options + ",";
    if (own.contains(",on-bad-config=")) return own.contains(",on-bad-config=run,");
    try {
      String value = System.getProperty("authgraft.on-bad-config", "");
      if (value.isEmpty()) value = System.getenv("AUTHGRAFT_ON_BAD_CONFIG");
      return "run".equals(value);
    } catch (SecurityException e) {
      return false;
    }
  }

  private static synchronized AgentLoader loader() throws IOException {
    AgentLoader known = loader;
    if (known == null) loader = known = new AgentLoader(jar(), programFreeParent());
    return known;
  }

  /*
   * Not by looking up a resource, as usual: that searches the JDK's modules first and loads fifty
   * classes.
   */
  private static File jar() throws IOException {
    CodeSource source = Launcher.class.getProtectionDomain().getCodeSource();
    String url = source == null ? "" : String.valueOf(source.getLocation());
    if (!url.startsWith("file:")) {
      throw new IOException("authgraft-agent.jar must be a file of its own, not " + url);
    }
    return new File(URI.create(url).getSchemeSpecificPart()); // keeps the host of a Windows share
  }

  /** Returns the JDK's platform or extension class loader, or null for the boot loader. */
  private static @Nullable ClassLoader programFreeParent() {
    ClassLoader parent = ClassLoader.getSystemClassLoader();
    while (parent.getParent() != null) parent = parent.getParent();
    return parent;
  }
}
