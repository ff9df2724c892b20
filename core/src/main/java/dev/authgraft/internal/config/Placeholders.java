package dev.authgraft.internal.config;

import dev.authgraft.internal.secret.ConfiguredSourceSettings;
import dev.authgraft.internal.secret.EnvironmentSecrets;
import dev.authgraft.internal.secret.PropertySecrets;
import dev.authgraft.internal.secret.SecretReference;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the secrets that the placeholders of one config refer to. */
final class Placeholders {
  private static final String HANGS =
      "check() of its source has not ended within "
          + Durations.show(FileAccess.LIMIT.toMillis())
          + " (it must not wait for anything)";

  private final SecretSourceRegistry all;
  private final Map<String, SecretSource> sources;
  private final Set<String> hanging = new HashSet<>();
  private final String remedy;
  private final Path directory;
  private final Time time;
  private final Map<String, ConfiguredSourceSettings> settings = new HashMap<>();
  private final Map<String, SecretReference> secrets = new HashMap<>();

  private Placeholders(
      SecretSourceRegistry all,
      Map<String, SecretSource> sources,
      String remedy,
      Path directory,
      Time time) {
    this.all = all;
    this.sources = sources;
    this.remedy = remedy;
    this.directory = directory;
    this.time = time;
  }

  /** Returns the sources that need no settings and never wait: settings may refer to them. */
  static Placeholders immediate(SecretSourceRegistry all, Path directory, Time time) {
    Map<String, SecretSource> sources = new LinkedHashMap<>();
    for (String scheme : Arrays.asList("env", "sys", "file")) {
      SecretSource source = all.byScheme().get(scheme);
      if (source != null) sources.put(scheme, source);
    }
    return new Placeholders(all, sources, "", directory, time);
  }

  /**
   * Returns all sources.
   *
   * @param settings of each source that has any, by scheme
   */
  static Placeholders of(
      SecretSourceRegistry all,
      Map<String, ConfiguredSourceSettings> settings,
      Path directory,
      Time time) {
    Placeholders placeholders =
        new Placeholders(all, all.byScheme(), SecretsReader.ADD_ANOTHER, directory, time);
    placeholders.settings.putAll(settings);
    return placeholders;
  }

  /**
   * Returns whether the secret of {@code ${scheme:…}} may depend on the directory of the config:
   * all sources but the environment and the system properties may read files relative to it.
   */
  boolean usesDirectory(String scheme) {
    SecretSource source = sources.get(scheme);
    return source != null
        && !(source instanceof EnvironmentSecrets)
        && !(source instanceof PropertySecrets);
  }

  Collection<String> schemes() {
    return sources.keySet();
  }

  /** Returns the remedy for a scheme that resembles no known one; it may be empty. */
  String remedy() {
    return remedy;
  }

  /**
   * Returns the secret of {@code ${scheme:name}}, or null if there is no such scheme.
   *
   * @throws SecretException if there can be no such name
   */
  @Nullable SecretReference find(String scheme, String name) throws SecretException {
    SecretSource source = sources.get(scheme);
    if (source == null) return null;
    check(source, scheme, name);
    ConfiguredSourceSettings used =
        settings.computeIfAbsent(
            scheme, any -> ConfiguredSourceSettings.none(scheme, directory, time));
    return secrets.computeIfAbsent(
        scheme + ":" + name, any -> new SecretReference(source, name, used, time));
  }

  /** Lets {@code source} check the name, with a time limit if the source comes from a jar. */
  private void check(SecretSource source, String scheme, String name) throws SecretException {
    String title = "${" + scheme + ":…} cannot be checked: ";
    if (hanging.contains(scheme)) throw new SecretException(title + HANGS);
    FileAccess.Action<Boolean> check =
        () -> {
          source.check(name);
          return true;
        };
    try {
      if (!all.isExtension(source)) check.run();
      else FileAccess.within(time, "check of " + scheme, check);
    } catch (SecretException e) {
      throw e;
    } catch (IOException e) {
      hanging.add(scheme); // It would probably hang for the next name as well.
      throw new SecretException(title + HANGS);
    } catch (RuntimeException e) {
      throw new SecretException(title + e.getClass().getName());
    }
  }
}
