package dev.authgraft.internal.config;

import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code rejected-when}: one condition, or a list of them. */
final class RejectionReader {
  private static final String KEY = "rejected-when";

  private final Problems problems;
  private final TemplateReader templates;

  RejectionReader(Problems problems, TemplateReader templates) {
    this.problems = problems;
    this.templates = templates;
  }

  /** Returns what {@code strategy} says of it, or the default. */
  Rejection read(Section strategy) {
    ConfigNode value = strategy.node(KEY);
    if (value == null) return Rejection.DEFAULT;
    List<Rejection.Condition> conditions = new ArrayList<>();
    switch (value.kind) {
      case MAP:
        Section only = strategy.section(KEY);
        if (only != null) conditions.add(condition(only));
        break;
      case LIST:
        readList(value, strategy, conditions);
        break;
      default:
        strategy.wrongType(KEY, value, "a map of keys, or a list of them");
        break;
    }
    return conditions.isEmpty() ? Rejection.DEFAULT : new Rejection(conditions);
  }

  private void readList(ConfigNode list, Section strategy, List<Rejection.Condition> conditions) {
    String title = KEY + " of " + strategy.title();
    if (list.items.isEmpty()) {
      problems.add(
          list.place, "'" + KEY + "' of " + strategy.title() + " is an empty list (leave it out)");
    }
    for (ConfigNode item : list.items) {
      int number = conditions.size() + 1;
      conditions.add(
          condition(new Section(item, "condition " + number + " in " + title, problems)));
    }
  }

  private Rejection.Condition condition(Section section) {
    section.expecting(Keys.REJECTED_WHEN);
    List<Integer> statuses = statuses(section, problems);
    if (statuses.isEmpty()) statuses.add(401);
    List<String> texts = new ArrayList<>();
    for (ConfigNode body : section.scalars("body")) {
      ConfigNode plain = templates.plain(body);
      if (plain != null) texts.add(plain.text);
    }
    PathPattern redirectTo = redirectTo(templates.plain(section.scalar("redirect-to")));
    SourcePosition body = section.placeOf("body");
    section.end(Keys.REJECTED_WHEN);
    return new Rejection.Condition(statuses, Collections.unmodifiableList(texts), redirectTo, body);
  }

  private @Nullable PathPattern redirectTo(@Nullable ConfigNode path) {
    if (path == null) return null;
    try {
      return PathPattern.parse(path.text);
    } catch (IllegalArgumentException e) {
      problems.add(
          path.place, "redirect-to '" + Redaction.ofUrl(path.text) + "' " + e.getMessage());
      return null;
    }
  }

  /** Returns the statuses that {@code section} names, and reports what is none. */
  static List<Integer> statuses(Section section, Problems problems) {
    List<Integer> statuses = new ArrayList<>();
    for (ConfigNode status : section.scalars("status")) {
      if (status.text.matches("[1-5][0-9][0-9]")) statuses.add(Integer.valueOf(status.text));
      else problems.add(status.place, "is not an HTTP status: " + status.text + " (100 to 599)");
    }
    return statuses;
  }
}
