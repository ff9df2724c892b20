package dev.authgraft.agent;

import java.io.File;
import java.io.IOException;

/** The program that the agent was started with. */
final class Program {
  private static final String[] TOOL_PACKAGES = {
    "jdk.",
    "sun.tools.",
    "sun.security.tools.",
    "sun.rmi.",
    "sun.jvmstat.",
    "sun.applet.",
    "com.sun.tools.",
    "com.sun.corba.",
    "com.sun.java.util.jar.",
    "com.sun.java.accessibility.",
  };

  /** Runs a source file: that is a program, although a JDK tool starts it. */
  private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

  private Program() {}

  /**
   * Returns whether it is a tool of the JDK or our own command line. Both meet the agent by {@code
   * JAVA_TOOL_OPTIONS}, and neither wants it.
   */
  static boolean isTool(File agentJar) {
    String command = System.getProperty("sun.java.command", "");
    return isJdkTool(command) || isJar(agentJar, command);
  }

  /** Returns whether {@code command}, as {@code sun.java.command} has it, starts a JDK tool. */
  static boolean isJdkTool(String command) {
    int end = command.indexOf(' ');
    String main = end < 0 ? command : command.substring(0, end);
    main = main.substring(main.indexOf('/') + 1); // from 9 on: MODULE/CLASS
    if (main.startsWith(SOURCE_LAUNCHER)) return false;
    for (String tools : TOOL_PACKAGES) if (main.startsWith(tools)) return true;
    return false;
  }

  /* With -jar, the jar is the first of the class path, and the command begins with it. */
  private static boolean isJar(File jar, String command) {
    String path = System.getProperty("java.class.path", "");
    int end = path.indexOf(File.pathSeparatorChar);
    String first = end < 0 ? path : path.substring(0, end);
    if (!first.endsWith(".jar") || !command.startsWith(first)) return false;
    try {
      return new File(first).getCanonicalFile().equals(jar.getCanonicalFile());
    } catch (IOException e) {
      return false;
    }
  }
}
