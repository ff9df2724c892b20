package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Definitions;
import dev.authgraft.internal.config.key.DurationKind;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.NamedSectionsKind;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.spi.SecretSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The declaration of the settings of one source of secrets. */
final class SourceKeys {
  private static final Key<ConfigNode> FILE =
      Key.of(
              "file",
              TextKind.template(TextFormat.TEMPLATE),
              "the key store of ${pkcs12:ALIAS}. Default: the placeholder names it")
          .shown();
  private static final Key<ConfigNode> PASSWORD =
      Key.of("password", TextKind.template(TextFormat.TEMPLATE), "required if ${pkcs12:…} is used");
  private static final Key<Duration> TIMEOUT =
      Key.duration("timeout", "how long one reading may take").shown().byDefault("10s");
  private static final Key<Duration> PROGRAM_TIMEOUT =
      Key.duration("timeout", "the program is ended after this time").shown().byDefault("10s");
  private static final Key<Duration> CACHE =
      Key.of("cache", DurationKind.ZERO_OR_MORE, "how long a value is kept").byDefault("1m");

  /** The sources that every config can use, by scheme. */
  private static final Map<String, SourceKeys> BUILT_IN = new LinkedHashMap<>();

  static {
    SourceKeys immediate = new SourceKeys("immediate", Collections.emptyList(), null, null);
    BUILT_IN.put("env", immediate);
    BUILT_IN.put("sys", immediate);
    BUILT_IN.put(
        "file", new SourceKeys("file", Collections.emptyList(), TIMEOUT, CACHE.byDefault("0s")));
    BUILT_IN.put("pkcs12", new SourceKeys("pkcs12", Arrays.asList(FILE, PASSWORD), TIMEOUT, CACHE));
    BUILT_IN.put(
        "command", new SourceKeys("command", Collections.emptyList(), PROGRAM_TIMEOUT, CACHE));
  }

  /** The keys of any source, as redaction sees them. Settings that a jar adds are hidden. */
  static final Keys ANY = Keys.of("any source", FILE, PASSWORD, TIMEOUT, CACHE);

  /** The sources as the section {@code secrets} has them. */
  static final class All extends NamedSectionsKind {
    private static final Keys ADDED = Keys.of("added", TIMEOUT, CACHE).with(Constraint.open());

    All() {
      super(Collections.singletonList(ANY));
    }

    @Override
    protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
      Map<String, Object> properties = new LinkedHashMap<>();
      BUILT_IN.forEach(
          (scheme, source) -> properties.put(scheme, orNothing(source.keys, definitions)));
      schema.put("type", Arrays.asList("object", "null"));
      schema.put("properties", properties);
      schema.put("additionalProperties", orNothing(ADDED, definitions));
    }

    private static Map<String, Object> orNothing(Keys keys, Definitions definitions) {
      return Collections.singletonMap(
          "anyOf",
          Arrays.asList(definitions.reference(keys), Collections.singletonMap("type", "null")));
    }
  }

  final Keys keys;

  /** The settings that are the source's own. */
  final List<Key<ConfigNode>> own;

  final @Nullable Key<Duration> timeout;
  final @Nullable Key<Duration> cache;

  private SourceKeys(
      String title,
      List<Key<ConfigNode>> own,
      @Nullable Key<Duration> timeout,
      @Nullable Key<Duration> cache) {
    List<Key<?>> all = new ArrayList<>(own);
    if (timeout != null) all.add(timeout);
    if (cache != null) all.add(cache);
    Keys declared = Keys.of(title, all.toArray(new Key<?>[0]));
    this.keys =
        all.isEmpty()
            ? declared.with(schema -> schema.put("description", "has no settings"))
            : declared;
    this.own = own;
    this.timeout = timeout;
    this.cache = cache;
  }

  /** Returns the settings of {@code source}; of those that a jar names nothing more is known. */
  static SourceKeys of(SecretSource source) {
    SourceKeys builtIn = BUILT_IN.get(source.scheme());
    if (builtIn != null) return builtIn;
    List<Key<ConfigNode>> own = new ArrayList<>();
    for (String name : source.settings()) {
      own.add(Key.of(name, TextKind.template(TextFormat.ANY), ""));
    }
    return source.isImmediate()
        ? new SourceKeys(source.scheme(), own, null, null)
        : new SourceKeys(source.scheme(), own, TIMEOUT, CACHE);
  }
}
