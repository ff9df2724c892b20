package dev.authgraft.agent.hook;

import java.lang.instrument.Instrumentation;
import java.util.List;

/** Java 8 has no modules; the jar has another version of this class for Java 9 and later. */
final class PackageOpener {
  private PackageOpener() {}

  @SuppressWarnings("unused") // the version for Java 9 needs them
  static void open(List<String> packages, ClassLoader hooks, Instrumentation instrumentation) {}
}
