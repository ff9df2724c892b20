package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.secret.ConfiguredSourceSettings;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.spi.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code secrets}: settings for each source of secrets, by its scheme. */
final class SecretsReader {
  static final Key<Section> SECRETS =
      Key.of(
          "secrets",
          new SourceKeys.All(),
          "Where placeholders are read from: settings for each kind, by its name.");

  /** The remedy for a placeholder of a kind that no source of secrets has. */
  static final String ADD_ANOTHER = "; extensions=JAR adds another";

  private final Path directory;
  private final Time time;
  private final TemplateReader templates;

  /**
   * @param templates reads the values of settings
   */
  SecretsReader(Path directory, Time time, TemplateReader templates) {
    this.directory = directory;
    this.time = time;
    this.templates = templates;
  }

  /**
   * Returns the settings in {@code section} by scheme.
   *
   * @param sources by scheme
   */
  Map<String, ConfiguredSourceSettings> read(
      @Nullable Section section, Map<String, SecretSource> sources) {
    Map<String, ConfiguredSourceSettings> settings = new HashMap<>();
    if (section == null) return settings;
    Map<Key<Section>, SourceKeys> bySchemeKey = new LinkedHashMap<>();
    sources.forEach(
        (scheme, source) -> {
          SourceKeys keys = SourceKeys.of(source);
          bySchemeKey.put(Key.section(scheme, keys.keys, ""), keys);
        });
    List<Key<?>> schemes = new ArrayList<>(bySchemeKey.keySet());
    Keys all = Keys.of("secrets", schemes.toArray(new Key<?>[0]));
    section.expecting(all);
    bySchemeKey.forEach(
        (scheme, keys) -> {
          Section of = section.get(scheme);
          if (of != null) settings.put(scheme.name(), settings(scheme.name(), of, keys));
        });
    section.reportUnknownKeys(all, ADD_ANOTHER);
    return settings;
  }

  private ConfiguredSourceSettings settings(String scheme, Section section, SourceKeys keys) {
    Duration timeout =
        keys.timeout == null ? ConfiguredSourceSettings.TIMEOUT : section.value(keys.timeout);
    Duration cache =
        keys.cache == null ? ConfiguredSourceSettings.cacheOf(scheme) : section.value(keys.cache);
    Map<String, Template> values = new LinkedHashMap<>();
    for (Key<ConfigNode> key : keys.own) {
      ConfigNode value = section.get(key);
      if (value != null) values.put(key.name(), templates.read(value));
    }
    section.reportUnknownKeys(keys.keys);
    return new ConfiguredSourceSettings(scheme, directory, timeout, cache, values, time);
  }
}
