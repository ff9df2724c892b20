package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a config says of one kind of secrets: {@code secrets: {vault: {address: …}}}. */
public final class ConfiguredSourceSettings implements SecretSettings {
  public static final Duration TIMEOUT = FileAccess.LIMIT;
  static final Duration CACHE = Duration.ofMinutes(1);

  /** The values of these keys are locations, so messages may show them. */
  private static final List<String> PLACES = Arrays.asList("file", "address", "url");

  private final String scheme;
  private final Path directory;
  private final Duration timeout;
  private final Duration cache;
  private final Map<String, Template> values;
  private final Time time;

  public ConfiguredSourceSettings(
      String scheme,
      Path directory,
      Duration timeout,
      Duration cache,
      Map<String, Template> values,
      Time time) {
    this.scheme = scheme;
    this.directory = directory;
    this.timeout = timeout;
    this.cache = cache;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.time = time;
  }

  /** Returns the settings where a config says nothing. */
  public static ConfiguredSourceSettings none(String scheme, Path directory, Time time) {
    return new ConfiguredSourceSettings(
        scheme, directory, TIMEOUT, cacheOf(scheme), Collections.emptyMap(), time);
  }

  /** Returns how long a value is kept where a config says nothing: that of a file never. */
  public static Duration cacheOf(String scheme) {
    return scheme.equals("file") ? Duration.ZERO : CACHE;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  /** Returns how long a value is kept after it was read. */
  Duration cache() {
    return cache;
  }

  /** Returns what the timeout of {@code settings} is measured by. */
  static Time timeOf(SecretSettings settings) {
    return settings instanceof ConfiguredSourceSettings
        ? ((ConfiguredSourceSettings) settings).time
        : Time.SYSTEM;
  }

  @Override
  public @Nullable String get(String key) throws SecretException {
    Template value = values.get(key);
    return value == null ? null : value.resolve(new StepValues());
  }

  @Override
  public String require(String key) throws SecretException {
    String value = get(key);
    if (value != null) return value;
    throw new SecretException(
        "no '"
            + key
            + "' for ${"
            + scheme
            + ":…} (write secrets: {"
            + scheme
            + ": {"
            + key
            + ": …}})");
  }

  /** Adds the files that the values come from. */
  void addFiles(NamedFiles files, SourcePosition position) {
    for (Template value : values.values()) files.add(position, value);
  }

  /** Returns {@code text} with the present values, which may be secrets, marked out. */
  String redact(String text) {
    StepValues stepValues = new StepValues();
    for (Map.Entry<String, Template> value : values.entrySet()) {
      if (PLACES.contains(value.getKey())) continue;
      try {
        stepValues.secret(value.getValue().resolve(stepValues));
      } catch (SecretException e) {
        // Not there, so it is not in the text.
      }
    }
    return Redaction.of(text, stepValues.secrets());
  }

  /** Returns the scheme and the keys, which are no secrets. */
  @Override
  public String toString() {
    return scheme + values.keySet();
  }
}
