package dev.authgraft.agent.hook;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.List;

/** The modules of the JDK whose clients are hooked. */
final class JdkModules {
  private JdkModules() {}

  /**
   * Returns the loader that finds the JDK's clients, those of the boot loader and {@code
   * java.net.http}.
   */
  static ClassLoader platformLoader() {
    return ClassLoader.getPlatformClassLoader();
  }

  /**
   * Opens those of {@code packages} that this JVM has to the classes that {@code hooks} loads, and
   * to no others.
   */
  static void open(List<String> packages, ClassLoader hooks, Instrumentation instrumentation) {
    for (Module module : ModuleLayer.boot().modules()) {
      for (String name : packages) {
        if (!module.getPackages().contains(name)) continue;
        instrumentation.redefineModule(
            module,
            Collections.emptySet(),
            Collections.emptyMap(),
            Collections.singletonMap(name, Collections.singleton(hooks.getUnnamedModule())),
            Collections.emptySet(),
            Collections.emptyMap());
      }
    }
  }
}
