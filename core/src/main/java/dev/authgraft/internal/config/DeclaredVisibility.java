package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Kind;
import dev.authgraft.internal.yaml.Visibility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the declarations of keys which parts of a config may be shown.
 *
 * <p>The type of a strategy may stand below its other keys, so a map can have several candidates. A
 * value is shown only if each candidate that declares its key shows it. A key in the wrong section
 * is judged by all sections that declare it.
 */
public final class DeclaredVisibility implements Visibility {
  public static final Visibility INSTANCE = new DeclaredVisibility();

  /**
   * A map whose keys a server defines, as the fields of a form: the keys are shown, the values are
   * not.
   */
  private static final Visibility.MapKeys FOREIGN = new Names(null);

  private final Set<Keys> all = new LinkedHashSet<>();

  private DeclaredVisibility() {
    collect(ConfigReader.KEYS);
  }

  private void collect(Keys section) {
    if (!all.add(section)) return;
    for (Key<?> key : section.all()) key.sections().forEach(this::collect);
  }

  @Override
  public Visibility.MapKeys root() {
    return new Candidates(Collections.singleton(ConfigReader.KEYS));
  }

  @Override
  public Visibility.MapKeys anywhere() {
    return new Candidates(all);
  }

  /** Returns all declared sections. */
  Set<Keys> sections() {
    return Collections.unmodifiableSet(all);
  }

  private static List<Key<?>> named(String name, Set<Keys> sections) {
    List<Key<?>> found = new ArrayList<>();
    for (Keys section : sections) {
      Key<?> key = section.get(name);
      if (key != null) found.add(key);
    }
    return found;
  }

  private static boolean holdsNames(Key<?> key) {
    return key.kind().below() == Kind.Below.NAMED_SECTIONS;
  }

  /** One map, which may be any of several sections. */
  private final class Candidates implements Visibility.MapKeys {
    private final Set<Keys> sections;

    Candidates(Set<Keys> sections) {
      this.sections = sections;
    }

    /** Returns the declarations of a key here, or elsewhere if it has none here. */
    private List<Key<?>> declarations(String key) {
      List<Key<?>> here = named(key, sections);
      // A setting that a jar adds is hidden, even if another section has a key of the same name.
      boolean others = sections.contains(SourceKeys.ANY) && sections.size() == 1;
      return here.isEmpty() && !others ? named(key, all) : here;
    }

    @Override
    public boolean contains(String key) {
      return !declarations(key).isEmpty();
    }

    @Override
    public boolean shows(String key, String value) {
      List<Key<?>> declarations = declarations(key);
      return !declarations.isEmpty() && declarations.stream().allMatch(each -> each.shows(value));
    }

    @Override
    public Visibility.@Nullable MapKeys within(String key) {
      List<Key<?>> declarations = declarations(key);
      if (declarations.isEmpty()) return null;
      if (declarations.stream().allMatch(each -> each.kind().below() == Kind.Below.FOREIGN_NAMES))
        return FOREIGN;
      Set<Keys> below = new LinkedHashSet<>();
      boolean named = holdsNames(declarations.get(0));
      for (Key<?> each : declarations) {
        // The candidates differ in shape, so it is unknown which of them this is.
        if (each.sections().isEmpty() || holdsNames(each) != named) return null;
        below.addAll(each.sections());
      }
      Candidates maps = new Candidates(below);
      return named ? new Names(maps) : maps;
    }
  }

  /** A map whose keys are names. */
  private static final class Names implements Visibility.MapKeys {
    private final Visibility.@Nullable MapKeys below;

    Names(Visibility.@Nullable MapKeys below) {
      this.below = below;
    }

    @Override
    public boolean contains(String key) {
      return true;
    }

    @Override
    public boolean shows(String key, String value) {
      return false;
    }

    @Override
    public Visibility.@Nullable MapKeys within(String key) {
      return below;
    }
  }
}
