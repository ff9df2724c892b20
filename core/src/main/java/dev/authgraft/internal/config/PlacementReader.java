package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.util.HttpToken;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Reads where a request carries a credential: {@code header} or {@code query}, {@code prefix}. */
final class PlacementReader {
  private static final PlacementReader OF_TOKEN =
      new PlacementReader(
          header("in a header"),
          query("a query parameter"),
          prefix("text before the token").byDefault("Bearer "));
  private static final Keys KEYS =
      Keys.of("apply", OF_TOKEN.header, OF_TOKEN.query, OF_TOKEN.prefix)
          .with(Constraint.excludes(OF_TOKEN.query, OF_TOKEN.header, OF_TOKEN.prefix));

  /** Where a token goes. */
  static final Key<Section> APPLY = Key.section("apply", KEYS, "how a request presents the token");

  private final Key<ConfigNode> header;
  private final Key<ConfigNode> query;
  private final Key<ConfigNode> prefix;

  /**
   * @param prefix whose default is nothing unless it has one
   */
  PlacementReader(Key<ConfigNode> header, Key<ConfigNode> query, Key<ConfigNode> prefix) {
    this.header = header;
    this.query = query;
    this.prefix = prefix;
  }

  static Key<ConfigNode> header(String sentence) {
    return Key.of("header", TextKind.plain(TextFormat.HEADER_NAME), sentence)
        .shownIfName()
        .byDefault("Authorization");
  }

  static Key<ConfigNode> query(String sentence) {
    return Key.of("query", TextKind.plain(TextFormat.NOT_EMPTY), sentence).shownIfName();
  }

  static Key<ConfigNode> prefix(String sentence) {
    return Key.of("prefix", TextKind.plain(TextFormat.PRINTABLE), sentence);
  }

  /** Returns where {@code strategy} says that its token goes, or the default (RFC 6750). */
  static Placement ofToken(Section strategy) {
    Section apply = strategy.get(APPLY);
    if (apply == null) {
      return Placement.header(OF_TOKEN.header.written(), OF_TOKEN.prefix.written());
    }
    Placement placement = OF_TOKEN.read(apply, null, null);
    apply.reportUnknownKeys(KEYS);
    return placement;
  }

  /**
   * Returns the placement that {@code section} names.
   *
   * @param cookieName the value of {@code cookie}, or null
   */
  Placement read(
      Section section, @Nullable Key<ConfigNode> cookie, @Nullable ConfigNode cookieName) {
    ConfigNode headerName = section.get(header);
    ConfigNode parameter = section.get(query);
    ConfigNode before = section.get(prefix);
    int named =
        (headerName == null ? 0 : 1) + (parameter == null ? 0 : 1) + (cookieName == null ? 0 : 1);
    if (named > 1) {
      section.problem(
          section.position(), section.title() + " names more than one of header, query and cookie");
    }
    if (before != null && (parameter != null || cookieName != null)) {
      section.problem(before.position, "only a header has a prefix (write it into the value)");
    }
    if (parameter != null) return Placement.query(checked(query, parameter, section, false));
    if (cookie != null && cookieName != null) {
      return Placement.cookies(
          Collections.singletonList(checked(cookie, cookieName, section, true)));
    }
    String text = before == null ? prefix.writtenOr("") : before.text;
    if (before != null && !isPrintable(text)) {
      section.problem(before.position, "prefix holds a character that no header can carry");
    }
    return Placement.header(headerName(header, headerName, section), text);
  }

  /** Returns the name that {@code key} has, or its default. */
  static String headerName(Key<ConfigNode> key, @Nullable ConfigNode node, Section section) {
    return node == null ? key.written() : checked(key, node, section, true);
  }

  private static String checked(
      Key<ConfigNode> key, ConfigNode node, Section section, boolean token) {
    if (node.text.isEmpty() || (token && !HttpToken.isToken(node.text))) {
      // The message does not repeat the text: it may be a whole header with its value.
      section.problem(
          node.position,
          "'" + key + "' of " + section.title() + " is not a name (write one as X-Api-Key)");
    }
    return node.text;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) return false;
    }
    return true;
  }
}
