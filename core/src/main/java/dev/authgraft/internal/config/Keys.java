package dev.authgraft.internal.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that one kind of map may have, declared by what reads it. */
final class Keys {
  /** What all strategies that log in take. */
  private static final Keys ANY_TOKEN = of("apply", "rejected-when", "lifetime", "refresh-ahead");

  static final Keys TOP =
      of("vars", "secrets", "mode", "reload", "agent", "http", "strategies", "rules");
  static final Keys AGENT = of("relocated");
  static final Keys HTTP = of("connect-timeout", "timeout", "proxy", "trust-store", "key-store");
  static final Keys STORE = of("file", "password");
  static final Keys RULE =
      of("scheme", "host", "path", "method", "existing", "on-failure", "strategy");
  static final Keys REJECTED_WHEN = of("status", "body", "redirect-to");
  static final Keys REFUSED_WHEN = of("status", "body");
  static final Keys APPLY = of("header", "query", "prefix");
  static final Keys EXCHANGE =
      of(
          "url",
          "method",
          "headers",
          "json",
          "form",
          "token",
          "expires-in",
          "refresh-token",
          "refused-when");
  static final Keys FORM_LOGIN = EXCHANGE.and("cookies");
  static final Keys REFRESH = EXCHANGE.and("single-use");

  /** By the key that says where a code comes from. */
  static final Map<String, Keys> CODE = new LinkedHashMap<>();

  static final Keys CODE_SOURCES = of("totp", "command", "file", "url");

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

    CODE.put("totp", CODE_SOURCES.and("algorithm", "digits", "period"));
    CODE.put("command", CODE_SOURCES);
    CODE.put("file", CODE_SOURCES);
    CODE.put("url", CODE_SOURCES.and("token"));

    STRATEGY.put(
        "api-key", of("type", "value", "header", "query", "cookie", "prefix", "rejected-when"));
    STRATEGY.put("basic", of("type", "username", "password", "header", "rejected-when"));
    STRATEGY.put("lazy-jwt", of("type", "login", "refresh").and(ANY_TOKEN));
    STRATEGY.put("pre-auth-2fa", of("type", "pre-auth", "code", "login", "refresh").and(ANY_TOKEN));
    STRATEGY.put("form-login", of("type", "page", "login", "refresh").and(ANY_TOKEN));
    STRATEGY.put(
        "oauth2-client-credentials",
        of("type", "token-url", "client-id", "client-secret", "client-auth", "scope", "parameters")
            .and(ANY_TOKEN));
  }

  private final Set<String> names;

  private Keys(Set<String> names) {
    this.names = Collections.unmodifiableSet(names);
  }

  static Keys of(String... names) {
    return new Keys(new LinkedHashSet<>(Arrays.asList(names)));
  }

  Keys and(String... more) {
    return and(of(more));
  }

  Keys and(Keys more) {
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(more.names);
    return new Keys(all);
  }

  /** Returns the types of strategies. */
  static List<String> types() {
    return new ArrayList<>(STRATEGY.keySet());
  }

  Set<String> names() {
    return names;
  }

  /** Returns whether the value of {@code key} in a map {@code map} names a file or a program. */
  static boolean isPath(String map, String key) {
    if (key.equals("file")) return Arrays.asList("code", "trust-store", "key-store").contains(map);
    return key.equals("command") && map.equals("code");
  }

  /** Returns which of these takes {@code key} within it, or null if none does. */
  @Nullable String holderOf(String key) {
    for (Map.Entry<String, Keys> section : WITHIN.entrySet()) {
      boolean takes = section.getValue().names.contains(key);
      if (takes && names.contains(section.getKey())) return section.getKey();
    }
    return null;
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
