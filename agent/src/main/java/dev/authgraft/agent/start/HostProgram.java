package dev.authgraft.agent.start;

import java.io.File;
import java.io.IOException;

/** The program that the agent was started with. */
final class HostProgram {
  private static final String[] TOOL_PACKAGES = {
    "jdk.",
    "sun.tools.",
    "sun.security.tools.",
    "sun.rmi.",
    "sun.jvmstat.",
    "sun.jvm.hotspot.", // jhsdb, jsadebugd
    "sun.net.httpserver.simpleserver.", // jwebserver
    "sun.applet.",
    "com.sun.tools.",
    "com.sun.corba.",
    "com.sun.java.util.jar.",
    "com.sun.java.accessibility.",
  };

  /** Launches a source file, which is a program although a JDK tool starts it. */
  private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

  /** A command whose last word is one of these asks for information and runs nothing. */
  private static final String[] QUESTIONS = {"-version", "--version", "-help", "--help"};

  /** These count only as the single word: among others, -v may mean verbose and -h a host. */
  private static final String[] ONLY_QUESTIONS = {"-v", "-V", "version", "-h", "-?", "help"};

  private HostProgram() {}

  /**
   * Returns whether this JVM runs {@code java -version}, a JDK tool or Authgraft's own command
   * line. {@code JAVA_TOOL_OPTIONS} gives them the agent too, and none of them needs it.
   */
  static boolean isTool(File agentJar) {
    String command = System.getProperty("sun.java.command", "");
    if (command.isEmpty()) return isJavaAlone();
    return isJdkTool(command) || isJar(agentJar, command);
  }

  /* A program that embeds a JVM has no command either, but it has another launcher. */
  private static boolean isJavaAlone() {
    return "SUN_STANDARD".equals(System.getProperty("sun.java.launcher"));
  }

  /** Returns whether the program was probably asked only for its version or its help. */
  static boolean isQuestion() {
    return isQuestion(System.getProperty("sun.java.command", ""), firstOfClassPath());
  }

  /**
   * Returns whether {@code command} asks only for the version or the help.
   *
   * @param jar the jar that the command begins with, if it starts one
   */
  static boolean isQuestion(String command, String jar) {
    boolean startsJar = !jar.isEmpty() && (command + " ").startsWith(jar + " ");
    int end = startsJar ? jar.length() : command.indexOf(' ');
    if (end < 0) return false;
    String words = command.substring(end).trim();
    for (String question : ONLY_QUESTIONS) if (words.equals(question)) return true;
    for (String question : QUESTIONS) if ((" " + words).endsWith(" " + question)) return true;
    return false;
  }

  /** Returns whether {@code command}, a value of {@code sun.java.command}, starts a JDK tool. */
  static boolean isJdkTool(String command) {
    int end = command.indexOf(' ');
    String main = end < 0 ? command : command.substring(0, end);
    main = main.substring(main.indexOf('/') + 1); // MODULE/CLASS from Java 9 on
    if (main.startsWith(SOURCE_LAUNCHER)) return false;
    for (String tools : TOOL_PACKAGES) if (main.startsWith(tools)) return true;
    return false;
  }

  /* With -jar, the jar is the first entry of the class path, and the command begins with it. */
  private static boolean isJar(File jar, String command) {
    String first = firstOfClassPath();
    if (first.isEmpty() || !command.startsWith(first)) return false;
    try {
      return new File(first).getCanonicalFile().equals(jar.getCanonicalFile());
    } catch (IOException e) {
      return false;
    }
  }

  private static String firstOfClassPath() {
    String path = System.getProperty("java.class.path", "");
    int end = path.indexOf(File.pathSeparatorChar);
    return end < 0 ? path : path.substring(0, end);
  }
}
