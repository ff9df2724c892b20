package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.SectionsKind;
import dev.authgraft.internal.config.key.StatusesKind;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextsKind;
import dev.authgraft.internal.login.RefusedWhen;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads {@code refused-when}: one condition, or a list of which one is enough. */
final class RefusalReader {
  private static final Key<List<Integer>> STATUS =
      Key.of("status", StatusesKind.INSTANCE, "their status, one or a list. Default: any").shown();
  private static final Key<List<ConfigNode>> BODY =
      Key.of(
          "body",
          TextsKind.plain(TextFormat.ANY),
          "a text that their body must contain, or a list of which one is enough. Default: anything");
  private static final Keys KEYS =
      Keys.of("refused-when", STATUS, BODY).with(Constraint.notEmpty());

  static final Key<ConfigNode> REFUSED_WHEN =
      Key.of("refused-when", SectionsKind.oneOrList(KEYS), "more answers that refuse the login");

  private RefusalReader() {}

  static List<RefusedWhen> read(Section exchange) {
    ConfigNode node = exchange.get(REFUSED_WHEN);
    if (node == null) return Collections.emptyList();
    List<RefusedWhen> conditions = new ArrayList<>();
    boolean list = node.kind == ConfigNode.Kind.LIST;
    for (ConfigNode item : list ? node.items : Collections.singletonList(node)) {
      Section section = exchange.item(item, REFUSED_WHEN + " of " + exchange.title());
      if (section.isMap()) conditions.add(condition(section));
    }
    return conditions;
  }

  private static RefusedWhen condition(Section section) {
    List<Integer> statuses = section.values(STATUS);
    List<String> texts = new ArrayList<>();
    for (ConfigNode text : section.values(BODY)) texts.add(text.text);
    section.reportUnknownKeys(KEYS);
    if (section.entries().isEmpty()) {
      section.problem(section.position(), section.title() + " names neither status nor body");
    }
    return new RefusedWhen(statuses, texts);
  }
}
