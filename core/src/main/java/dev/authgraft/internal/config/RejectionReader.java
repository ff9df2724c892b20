package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.SectionsKind;
import dev.authgraft.internal.config.key.StatusesKind;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.config.key.TextsKind;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code rejected-when}: one condition, or a list of which one is enough. */
final class RejectionReader {
  private static final Key<List<Integer>> STATUS =
      Key.of("status", StatusesKind.INSTANCE, "their status, one or a list")
          .shown()
          .byDefault("401");
  private static final Key<List<ConfigNode>> BODY =
      Key.of(
          "body",
          TextsKind.plain(TextFormat.ANY),
          "a text that its first 64 KiB must contain, or a list of which one is enough. Default:"
              + " anything");
  private static final Key<ConfigNode> REDIRECT_TO =
      Key.of(
              "redirect-to",
              TextKind.plain(TextFormat.PATH),
              "or a redirect to this path. Default: none; for cookies, the paths of page and login")
          .shown();
  private static final Keys KEYS = Keys.of("rejected-when", STATUS, BODY, REDIRECT_TO);

  private RejectionReader() {}

  /** Returns the key of a strategy. */
  static Key<ConfigNode> key(String sentence) {
    return Key.of("rejected-when", SectionsKind.oneOrMore(KEYS), sentence);
  }

  /** Returns the rejection that {@code strategy} configures, or the default. */
  static Rejection read(Section strategy, Key<ConfigNode> key) {
    ConfigNode value = strategy.get(key);
    if (value == null) return Rejection.DEFAULT;
    List<Rejection.Condition> conditions = new ArrayList<>();
    switch (value.kind) {
      case MAP:
        conditions.add(condition(strategy.item(value, key + " of " + strategy.title())));
        break;
      case LIST:
        readList(value, strategy, key, conditions);
        break;
      default:
        strategy.wrongType(key.name(), value, "a map of keys, or a list of them");
        break;
    }
    return conditions.isEmpty() ? Rejection.DEFAULT : new Rejection(conditions);
  }

  private static void readList(
      ConfigNode list, Section strategy, Key<?> key, List<Rejection.Condition> conditions) {
    if (list.items.isEmpty()) {
      strategy.problem(
          list.position,
          "'" + key + "' of " + strategy.title() + " is an empty list (leave it out)");
    }
    for (ConfigNode item : list.items) {
      int number = conditions.size() + 1;
      String title = "condition " + number + " in " + key + " of " + strategy.title();
      conditions.add(condition(strategy.item(item, title)));
    }
  }

  private static Rejection.Condition condition(Section section) {
    section.expecting(KEYS);
    List<Integer> statuses = section.values(STATUS);
    if (statuses.isEmpty()) statuses = STATUS.defaultValue();
    List<String> texts = new ArrayList<>();
    for (ConfigNode body : section.values(BODY)) texts.add(body.text);
    PathPattern redirectTo = redirectTo(section);
    SourcePosition body = section.positionOf(BODY);
    section.reportUnknownKeys(KEYS);
    return new Rejection.Condition(statuses, Collections.unmodifiableList(texts), redirectTo, body);
  }

  private static @Nullable PathPattern redirectTo(Section section) {
    ConfigNode path = section.get(REDIRECT_TO);
    if (path == null) return null;
    try {
      return PathPattern.parse(path.text);
    } catch (IllegalArgumentException e) {
      section.problem(
          path.position, "redirect-to '" + Redaction.ofUrl(path.text) + "' " + e.getMessage());
      return null;
    }
  }
}
