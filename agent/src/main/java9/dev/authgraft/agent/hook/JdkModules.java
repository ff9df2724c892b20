package dev.authgraft.agent.hook;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.List;

/** Opens packages of the JDK to hooks, and to nobody else. */
final class PackageOpener {
  private PackageOpener() {}

  /** Opens those of {@code packages} that this JVM has to the classes that {@code hooks} loads. */
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
