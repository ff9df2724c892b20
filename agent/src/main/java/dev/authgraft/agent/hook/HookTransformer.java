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

/** Inserts the calls of the bridge into the classes of the {@link HookTable}, and no others. */
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

  /** Hooks classes as they are loaded, and the classes that are loaded already. */
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

  /** Also hooks relocated clients in {@code packages} from now on, loaded already or not. */
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
      } catch (Throwable e) { // a class that cannot be hooked must not keep others from it
        notHooked(hooked.getName(), e.toString());
      }
    }
  }

  /*
   * The JVM calls this for every class that it loads, while the class loader may hold locks. So the
   * method returns for other classes before it allocates or loads anything, and loads ASM only for
   * the first class of the table.
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
      byte[] hooked = HookedClassFile.insert(points, classFile);
      if (hooked == null) {
        notHooked(className.replace('/', '.'), "no method " + points[0].method + " as it is known");
      }
      return hooked;
    } catch (Throwable e) { // the JVM would ignore it silently
      notHooked(className.replace('/', '.'), e.toString());
      return null;
    }
  }

  /*
   * Until the config has been read, any copy of a client may be one that it lists, so every copy is
   * hooked and its first request waits. Afterwards, copies that are not listed are restored.
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
    log.log(unserved.level, unserved.message());
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
