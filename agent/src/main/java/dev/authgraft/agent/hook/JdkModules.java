package dev.authgraft.agent.hook;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Java 8 has no modules; the jar has another version of this class for Java 9 and later. */
final class JdkModules {
  private JdkModules() {}

  /** Returns the loader of the JDK's clients: null is the boot loader. */
  static @Nullable ClassLoader platformLoader() {
    return null;
  }

  @SuppressWarnings("unused") // the version for Java 9 needs them
  static void open(List<String> packages, ClassLoader hooks, Instrumentation instrumentation) {}
}
