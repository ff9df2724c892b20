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
 * Uses reflection, because up to Java 8 the API is in the JDK's tools.jar, which is on no class
 * path.
 */
/** The JDK's attach API, for other JVMs of the same user on the same host. */
final class AttachApi {
  private final Class<?> machine;

  private AttachApi(Class<?> machine) {
    this.machine = machine;
  }

  /** Returns the attach API of this Java; throws if it has none. */
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

  /** Returns the running JVMs by process id; the value is the main class or jar, with arguments. */
  Map<String, String> list() throws IOException {
    Map<String, String> programs = new LinkedHashMap<>();
    for (Object descriptor : (List<?>) call(null, "list")) {
      programs.put((String) call(descriptor, "id"), (String) call(descriptor, "displayName"));
    }
    return programs;
  }

  /*
   * Between different releases the API may report a failure although the agent did start: a newer
   * JDK takes the status 0 from Java 8 for an error ("Failed to load agent library: 0"), and Java 8
   * does not understand a newer answer ("Non-numeric value found"). So the status that the agent
   * left in the system properties decides.
   */
  /**
   * Loads the agent into the JVM {@code pid} and returns the JVM's system properties after that.
   */
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

  /* The implementing classes are in packages that are not exported. */
  private Class<?> publicType(Object target) throws ClassNotFoundException {
    if (machine.isInstance(target)) return machine;
    return Class.forName(machine.getName() + "Descriptor", true, machine.getClassLoader());
  }
}
