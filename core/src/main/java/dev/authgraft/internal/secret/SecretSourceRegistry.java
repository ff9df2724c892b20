package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.Printable;
import dev.authgraft.spi.SecretSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sources of secrets that there are: the built-in ones, and those that jars add. */
public final class SecretSourceRegistry {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final int MOST = 1000;

  private final Map<String, SecretSource> byScheme = new LinkedHashMap<>();
  private final List<SecretSource> builtIn;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param builtIn those that come first
   * @param extensions where more are looked for, or null for nowhere
   */
  public SecretSourceRegistry(List<SecretSource> builtIn, @Nullable ClassLoader extensions) {
    this.builtIn = builtIn;
    for (SecretSource each : builtIn) byScheme.put(each.scheme(), each);
    if (extensions != null) find(extensions);
  }

  /** Returns all of Authgraft's, and those of {@code extensions}. */
  public static SecretSourceRegistry with(@Nullable ClassLoader extensions) {
    return new SecretSourceRegistry(
        Arrays.asList(
            new EnvironmentSecrets(),
            new PropertySecrets(),
            new FileSecrets(),
            new KeyStoreSecrets(),
            new CommandSecrets()),
        extensions);
  }

  private void find(ClassLoader extensions) {
    Iterator<SecretSource> found = ServiceLoader.load(SecretSource.class, extensions).iterator();
    for (int i = 0; i < MOST; i++) {
      try {
        if (!found.hasNext()) return;
        add(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add("a source of secrets cannot be loaded: " + Printable.of(e.getMessage() + ""));
      } catch (RuntimeException e) { // of its scheme()
        problems.add("a source of secrets cannot be loaded: " + e.getClass().getName());
      }
    }
  }

  private void add(SecretSource source) {
    String scheme = source.scheme();
    String title = source.getClass().getName();
    if (scheme == null || !SCHEME.matcher(scheme).matches() || scheme.equals("var")) {
      problems.add(
          "the source of secrets " + title + " has no usable scheme (lower-case letters, not var)");
      return;
    }
    SecretSource other = byScheme.putIfAbsent(scheme, source);
    if (other == null) return;
    problems.add(
        "two sources of secrets are both called '"
            + scheme
            + "': "
            + other.getClass().getName()
            + " and "
            + title
            + " (remove one of them)");
  }

  /** Returns the sources by their schemes. */
  public Map<String, SecretSource> byScheme() {
    return Collections.unmodifiableMap(byScheme);
  }

  /** Returns whether {@code source} is one that a jar adds. */
  public boolean isExtension(SecretSource source) {
    return !builtIn.contains(source);
  }

  /** Returns what is wrong with those that jars add. */
  public List<String> problems() {
    return problems;
  }
}
