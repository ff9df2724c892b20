package dev.authgraft.agent;

import dev.authgraft.Log;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the classes of the {@link HookTable} call the bridge; no other class is looked at. */
final class HookTransformer implements ClassFileTransformer {
  private final Log log;

  HookTransformer(Log log) {
    this.log = log;
  }

  /** Hooks classes as they are loaded, and those that are loaded already. */
  void install(Instrumentation instrumentation) {
    instrumentation.addTransformer(this, true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> candidate : instrumentation.getAllLoadedClasses()) {
      if (HookTable.byClassName(candidate.getName()) != null) loaded.add(candidate);
    }
    for (Class<?> hooked : loaded) {
      try {
        instrumentation.retransformClasses(hooked);
      } catch (Throwable e) { // one class that cannot be hooked must not keep the next from it
        notHooked(hooked.getName(), e.toString());
      }
    }
  }

  /*
   * Runs for every class that the JVM loads, under whatever locks its loader holds. So the answer
   * for a stranger comes before anything is allocated or loaded, and ASM is loaded for the first
   * class of the table only.
   */
  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className == null) return null;
    HookPoint point = HookTable.byOwner(className);
    if (point == null) return null;
    try {
      byte[] hooked = Prologue.insert(point, classFile);
      if (hooked == null) notHooked(className, "no method " + point.method + " as it is known");
      return hooked;
    } catch (Throwable e) { // the JVM would drop it without a word
      notHooked(className, e.toString());
      return null;
    }
  }

  private void notHooked(String className, String reason) {
    log.log(
        Log.Level.WARN,
        className.replace('/', '.')
            + " cannot be hooked, its requests go out as they are: "
            + reason);
  }
}
