package dev.authgraft.agent.hook;

import dev.authgraft.spi.Log;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets the classes of the {@link HookTable} call the bridge; no other class is looked at. */
public final class HookTransformer implements ClassFileTransformer, Consumer<List<String>> {
  private final HookTable table;
  private final Relocations relocations;
  private final Log log;
  private final Set<String> reported = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private volatile @Nullable Instrumentation instrumentation;
  private volatile @Nullable Dispatcher dispatcher;
  private volatile boolean sawRelocated;

  public HookTransformer(HookTable table, Relocations relocations, Log log) {
    this.table = table;
    this.relocations = relocations;
    this.log = log;
  }

  /** Hooks classes as they are loaded, and those that are loaded already. */
  public void install(Instrumentation instrumentation, Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
    this.instrumentation = instrumentation;
    instrumentation.addTransformer(this, true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> candidate : instrumentation.getAllLoadedClasses()) {
      String name = candidate.getName();
      if (table.byClassName(name) != null || table.prefixOfClassName(name) != null) {
        loaded.add(candidate);
      } else {
        sayIfUnserved(name);
      }
    }
    transformAgain(loaded, instrumentation);
  }

  /** Looks under {@code packages} from now on, also for classes that are loaded already. */
  @Override
  public void accept(List<String> packages) {
    Instrumentation current = instrumentation;
    Dispatcher served = dispatcher;
    boolean isNew = relocations.set(packages);
    if (!isNew || current == null || served == null) return; // or install() goes by them
    if (packages.isEmpty() && !sawRelocated) return;
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> candidate : current.getAllLoadedClasses()) {
      if (table.prefixOfClassName(candidate.getName()) != null) loaded.add(candidate);
    }
    for (Class<?> relocated : loaded) served.forget(relocated);
    transformAgain(loaded, current);
  }

  private void transformAgain(List<Class<?>> loaded, Instrumentation instrumentation) {
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
    HookPoint[] points = table.byOwner(className);
    if (points == null) points = relocated(className);
    if (points == null) return null;
    try {
      byte[] hooked = HookCode.insert(points, classFile);
      if (hooked == null) {
        notHooked(className.replace('/', '.'), "no method " + points[0].method + " as it is known");
      }
      return hooked;
    } catch (Throwable e) { // the JVM would drop it without a word
      notHooked(className.replace('/', '.'), e.toString());
      return null;
    }
  }

  /*
   * Until the config has been read, each copy of a client may be one that it names: its first
   * request waits at the hook. When it is known, those that it does not name are as they were.
   */
  private HookPoint @Nullable [] relocated(String className) {
    String prefix = table.prefixOfOwner(className);
    if (prefix == null) {
      sayIfUnserved(className);
      return null;
    }
    sawRelocated = true;
    String name = prefix.replace('/', '.');
    if (relocations.isKnown() && !relocations.contains(name)) {
      notListed(name);
      return null;
    }
    HookPoint[] points = table.byOwner(className.substring(prefix.length()));
    if (points == null) return null;
    HookPoint[] relocated = new HookPoint[points.length];
    for (int i = 0; i < points.length; i++) relocated[i] = points[i].relocatedTo(prefix);
    return relocated;
  }

  /* Once for each client, however many classes tell of it and however many loaders have one. */
  private void sayIfUnserved(String name) {
    String renamed = table.prefixOfRenamed(name);
    if (renamed != null) notServable(renamed.replace('/', '.'));
    UnservedClient unserved = table.unserved(name);
    if (unserved == null || !reported.add(unserved.client)) return;
    log.log(
        unserved.level,
        unserved.client
            + " is not served, its requests go out as they are: "
            + unserved.type.replace('/', '.')
            + " is loaded");
  }

  private void notListed(String prefix) {
    String name = prefix.substring(0, prefix.length() - 1);
    sayOfCopy(prefix, " (to serve it, agent: {relocated: [" + name + "]})");
  }

  private void notServable(String prefix) {
    sayOfCopy(
        prefix,
        ": its own packages were renamed (what keeps them below another one can be served)");
  }

  private void sayOfCopy(String prefix, String why) {
    if (!reported.add(prefix)) return;
    String name = prefix.substring(0, prefix.length() - 1);
    log.log(
        Log.Level.INFO,
        "the client under " + name + " is not served, its requests go out as they are" + why);
  }

  private void notHooked(String className, String reason) {
    if (!reported.add(className)) return;
    log.log(
        Log.Level.WARN,
        className + " cannot be hooked, its requests go out as they are: " + reason);
  }
}
