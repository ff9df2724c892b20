package dev.authgraft.internal.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that one kind of map may have, declared by what reads it. */
final class Keys {
  static final Keys APPLY = of(Key.name("header"), Key.name("query"), Key.hidden("prefix"));
  static final Keys REJECTED_WHEN =
      of(Key.shown("status"), Key.hidden("body"), Key.shown("redirect-to"));
  static final Keys REFUSED_WHEN = of(Key.shown("status"), Key.hidden("body"));

  private static final Key TYPE = Key.shown("type").required();
  private static final Key REJECTED = Key.section("rejected-when", REJECTED_WHEN);

  /** What all strategies that log in take. */
  private static final Keys ANY_TOKEN =
      of(Key.section("apply", APPLY), REJECTED, Key.shown("lifetime"), Key.shown("refresh-ahead"));

  static final Keys AGENT = of(Key.hidden("relocated"));
  static final Keys STORE = of(Key.shown("file").required(), Key.hidden("password"));
  static final Keys HTTP =
      of(
          Key.shown("connect-timeout"),
          Key.shown("timeout"),
          Key.shown("proxy"),
          Key.section("trust-store", STORE),
          Key.section("key-store", STORE));

  /**
   * The settings of any kind of placeholder, as far as they are known here: a jar may bring a kind
   * with others, which are hidden.
   */
  static final Keys SECRET_SETTINGS =
      of(Key.shown("file"), Key.hidden("password"), Key.shown("timeout"), Key.hidden("cache"));

  static final Keys RULE =
      of(
          Key.shown("scheme"),
          Key.shown("host").required(),
          Key.shown("path"),
          Key.shown("method"),
          Key.shown("existing"),
          Key.shown("on-failure"),
          Key.shown("strategy").required());
  static final Keys EXCHANGE =
      of(
          Key.shown("url").required(),
          Key.shown("method"),
          Key.foreign("headers"),
          Key.foreign("json"),
          Key.foreign("form"),
          Key.pointer("token"),
          Key.pointer("expires-in"),
          Key.pointer("refresh-token"),
          Key.section("refused-when", REFUSED_WHEN));
  static final Keys FORM_LOGIN = EXCHANGE.and(Key.name("cookies"));
  static final Keys REFRESH = EXCHANGE.and(Key.shown("single-use"));

  static final Keys CODE_SOURCES =
      of(Key.hidden("totp"), Key.hidden("command"), Key.shown("file"), Key.shown("url"));

  /** By the key that says where a code comes from. */
  static final Map<String, Keys> CODE = new LinkedHashMap<>();

  /** What has keys of its own wherever it stands, by its own key. */
  private static final Map<String, Keys> WITHIN = new LinkedHashMap<>();

  /** By type. */
  static final Map<String, Keys> STRATEGY = new LinkedHashMap<>();

  static {
    WITHIN.put("agent", AGENT);
    WITHIN.put("http", HTTP);
    WITHIN.put("login", EXCHANGE);
    WITHIN.put("apply", APPLY);
    WITHIN.put("rejected-when", REJECTED_WHEN);
    WITHIN.put("refused-when", REFUSED_WHEN);
    WITHIN.put("refresh", REFRESH);

    CODE.put(
        "totp", CODE_SOURCES.and(Key.shown("algorithm"), Key.shown("digits"), Key.shown("period")));
    CODE.put("command", CODE_SOURCES);
    CODE.put("file", CODE_SOURCES);
    CODE.put("url", CODE_SOURCES.and(Key.pointer("token")));
  }

  private static final Keys ANY_CODE = CODE_SOURCES.and(CODE.values().toArray(new Keys[0]));

  static {
    STRATEGY.put(
        "api-key",
        of(
            TYPE,
            Key.hidden("value").required(),
            Key.name("header"),
            Key.name("query"),
            Key.name("cookie"),
            Key.hidden("prefix"),
            REJECTED));
    STRATEGY.put(
        "basic",
        of(
            TYPE,
            Key.hidden("username").required(),
            Key.hidden("password").required(),
            Key.name("header"),
            REJECTED));
    STRATEGY.put(
        "lazy-jwt",
        of(TYPE, Key.section("login", EXCHANGE).required(), Key.section("refresh", REFRESH))
            .and(ANY_TOKEN));
    STRATEGY.put(
        "pre-auth-2fa",
        of(
                TYPE,
                Key.section("pre-auth", EXCHANGE).required(),
                Key.section("code", ANY_CODE),
                Key.section("login", EXCHANGE).required(),
                Key.section("refresh", REFRESH))
            .and(ANY_TOKEN));
    STRATEGY.put(
        "form-login",
        of(
                TYPE,
                Key.shown("page"),
                Key.section("login", FORM_LOGIN).required(),
                Key.section("refresh", REFRESH))
            .and(ANY_TOKEN));
    STRATEGY.put(
        "oauth2-client-credentials",
        of(
                TYPE,
                Key.shown("token-url").required(),
                Key.hidden("client-id").required(),
                Key.hidden("client-secret").required(),
                Key.shown("client-auth"),
                Key.shown("scope"),
                Key.foreign("parameters"))
            .and(ANY_TOKEN));
  }

  static final Keys TOP =
      of(
          Key.foreign("vars"),
          Key.named("secrets", SECRET_SETTINGS),
          Key.shown("mode"),
          Key.shown("reload"),
          Key.section("agent", AGENT),
          Key.section("http", HTTP),
          Key.named("strategies", STRATEGY.values().toArray(new Keys[0])),
          Key.section("rules", RULE).orShownText());

  private final Map<String, Key> keys;

  private Keys(Map<String, Key> keys) {
    this.keys = Collections.unmodifiableMap(keys);
  }

  static Keys of(Key... keys) {
    Map<String, Key> byName = new LinkedHashMap<>();
    for (Key key : keys) byName.put(key.name, key);
    return new Keys(byName);
  }

  /** Returns keys of which nothing is known but their names, so that their values are hidden. */
  static Keys of(Collection<String> names) {
    return of(names.stream().map(Key::hidden).toArray(Key[]::new));
  }

  Keys and(Key... more) {
    return and(of(more));
  }

  Keys and(Keys... more) {
    Map<String, Key> all = new LinkedHashMap<>(keys);
    for (Keys each : more) all.putAll(each.keys);
    return new Keys(all);
  }

  Collection<Key> all() {
    return keys.values();
  }

  @Nullable Key get(String name) {
    return keys.get(name);
  }

  /** Returns the types of strategies. */
  static List<String> types() {
    return new ArrayList<>(STRATEGY.keySet());
  }

  Set<String> names() {
    return keys.keySet();
  }

  /** Returns whether the value of {@code key} in a map {@code map} names a file or a program. */
  static boolean isPath(String map, String key) {
    if (key.equals("file")) return Arrays.asList("code", "trust-store", "key-store").contains(map);
    return key.equals("command") && map.equals("code");
  }

  /** Returns which of these takes {@code key} within it, or null if none does. */
  @Nullable String holderOf(String key) {
    for (Map.Entry<String, Keys> section : WITHIN.entrySet()) {
      boolean takes = section.getValue().keys.containsKey(key);
      if (takes && keys.containsKey(section.getKey())) return section.getKey();
    }
    return null;
  }

  @Override
  public String toString() {
    return names().toString();
  }
}
