package dev.authgraft.agent.cli;

import dev.authgraft.agent.start.Status;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/*
 * By reflection: up to Java 8 the API stands in the JDK's tools.jar, which no class path has.
 */
/** The JDK's way into other JVMs of the same user on the same host. */
final class AttachApi {
  private final Class<?> machine;

  private AttachApi(Class<?> machine) {
    this.machine = machine;
  }

  /** Returns the API of this Java, or fails where it has none. */
  static AttachApi open() throws IOException {
    String name = "com.sun.tools.attach.VirtualMachine";
    try {
      return new AttachApi(Class.forName(name, true, ClassLoader.getSystemClassLoader()));
    } catch (ClassNotFoundException e) {
      File home = new File(System.getProperty("java.home", ""));
      File tools = new File(home.getParentFile(), "lib/tools.jar");
      try {
        ClassLoader loader = new URLClassLoader(new URL[] {tools.toURI().toURL()});
        return new AttachApi(Class.forName(name, true, loader));
      } catch (ClassNotFoundException none) {
        throw new IOException(
            "this Java cannot attach, it lacks the module jdk.attach: run the command with a JDK ("
                + home
                + ")");
      }
    }
  }

  /** Returns what runs, by process id; the text is the main class or jar with its arguments. */
  Map<String, String> list() throws IOException {
    Map<String, String> programs = new LinkedHashMap<>();
    for (Object descriptor : (List<?>) call(null, "list")) {
      programs.put((String) call(descriptor, "id"), (String) call(descriptor, "displayName"));
    }
    return programs;
  }

  /*
   * Between releases the API reports failure where the agent did start: to an 8 the status 0 is
   * taken for an error ("Failed to load agent library: 0"), from an 8 the answer is not understood
   * ("Non-numeric value found"). So what the agent left in the properties goes before.
   */
  /** Loads the agent into the JVM and returns the system properties that it has then. */
  Properties load(String pid, File agentJar, String options) throws IOException {
    Object target = call(null, "attach", pid);
    String before = ((Properties) call(target, "getSystemProperties")).getProperty(Status.PROPERTY);
    try {
      call(target, "loadAgent", agentJar.getPath(), options);
      return (Properties) call(target, "getSystemProperties");
    } catch (IOException e) {
      Properties properties = (Properties) call(target, "getSystemProperties");
      if (Objects.equals(before, properties.getProperty(Status.PROPERTY))) throw e;
      return properties;
    } finally {
      call(target, "detach");
    }
  }

  private Object call(@Nullable Object target, String method, Object... arguments)
      throws IOException {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    try {
      Class<?> owner = target == null ? machine : publicType(target);
      return owner.getMethod(method, types).invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IOException(reason(e.getCause()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IOException("unknown attach API: " + e, e);
    }
  }

  private static String reason(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null ? String.valueOf(failure) : message;
  }

  /* The implementations are hidden in packages that are not exported. */
  private Class<?> publicType(Object target) throws ClassNotFoundException {
    if (machine.isInstance(target)) return machine;
    return Class.forName(machine.getName() + "Descriptor", true, machine.getClassLoader());
  }
}
