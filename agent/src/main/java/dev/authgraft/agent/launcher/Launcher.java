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
  private static final int BAD_CONFIG = 78; // as the rest says, which may be what cannot be read

  private static @Nullable AgentLoader loader;

  private Launcher() {}

  /** Starts with the program, which does not run without unless that is what it was told. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    Throwable failure = start("startWithProgram", options, instrumentation);
    if (failure == null) return;
    if (runsOnBadConfig(options)) {
      say("the program runs without authentication", failure);
      return;
    }
    say("the program is stopped; with on-bad-config=run it would run without", failure);
    System.exit(BAD_CONFIG); // where that is forbidden, the JVM ends for an agent that fails
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

  /** Returns what kept the agent from starting, or null for nothing. */
  private static @Nullable Throwable start(
      String method, @Nullable String options, Instrumentation instrumentation) {
    try {
      Class.forName("dev.authgraft.agent.start.Agent", true, loader())
          .getMethod(method, String.class, Instrumentation.class)
          .invoke(null, options, instrumentation);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (Throwable e) { // whatever it is
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

  /* As Options has it, in the order that it has: that class may be what cannot be read. */
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
   * Not by resource, as one would: looking one up goes through the modules of the JDK first, which
   * loads fifty classes.
   */
  private static File jar() throws IOException {
    CodeSource source = Launcher.class.getProtectionDomain().getCodeSource();
    String url = source == null ? "" : String.valueOf(source.getLocation());
    if (!url.startsWith("file:")) {
      throw new IOException("authgraft-agent.jar must be a file of its own, not " + url);
    }
    return new File(URI.create(url).getSchemeSpecificPart()); // with the host of a Windows share
  }

  /** Returns the loader of the JDK's own extensions, or null for the boot loader. */
  private static @Nullable ClassLoader programFreeParent() {
    ClassLoader parent = ClassLoader.getSystemClassLoader();
    while (parent.getParent() != null) parent = parent.getParent();
    return parent;
  }
}
