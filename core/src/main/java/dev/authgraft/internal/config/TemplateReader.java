package dev.authgraft.internal.config;

import dev.authgraft.internal.secret.SecretReference;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.spi.SecretException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the placeholders of one config. {@code ${var:…}} is written out where it stands. */
final class TemplateReader {
  /** More than anybody means, and few enough for variables that double each other. */
  private static final int MOST_PARTS = 10_000;

  private static final int DEEPEST = 50;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

  private final Placeholders secrets;
  private final Map<String, ConfigNode> vars;
  private final Problems problems;
  private final Deque<String> open = new ArrayDeque<>();
  private boolean overflown;
  private int writtenOut;

  TemplateReader(Placeholders secrets, Map<String, ConfigNode> vars, Problems problems) {
    this.secrets = secrets;
    this.vars = vars;
    this.problems = problems;
  }

  Template read(ConfigNode scalar) {
    return read(scalar, Collections.emptySet());
  }

  /**
   * Returns the template that {@code scalar} holds.
   *
   * @param steps the names that earlier steps of the login have a value for
   */
  Template read(ConfigNode scalar, Collection<String> steps) {
    List<Template.Part> parts = new ArrayList<>();
    parse(scalar.text, scalar.place, steps, parts);
    return new Template(joined(parts), scalar.place);
  }

  /**
   * Returns {@code scalar} with its variables written out, or null where it is null or holds
   * another placeholder: what it says is shown, so it must be no secret.
   */
  @Nullable ConfigNode plain(@Nullable ConfigNode scalar) {
    if (scalar == null) return null;
    int before = problems.count();
    String text = read(scalar).literal();
    if (problems.count() > before) return null;
    if (text != null) return ConfigNode.scalar(scalar.kind, scalar.place, text);
    problems.add(scalar.place, "no placeholder can stand here but ${var:NAME} of plain text");
    return null;
  }

  /** Returns {@code text} with each {@code ${var:…}} written out and all else as it is. */
  String withVariables(String text) {
    if (open.isEmpty()) writtenOut = 0;
    StringBuilder expanded = new StringBuilder();
    int i = 0;
    for (int at; (at = text.indexOf("${var:", i)) >= 0; ) {
      int end = text.indexOf('}', at);
      boolean literal = at > 0 && text.charAt(at - 1) == '$';
      String name = end < 0 || literal ? "" : text.substring(at + 6, end);
      boolean tooMany = ++writtenOut > MOST_PARTS; // such a config is refused when it is read
      ConfigNode value = tooMany || open.contains(name) ? null : vars.get(name);
      expanded.append(text, i, value == null ? at + 6 : at);
      i = value == null ? at + 6 : end + 1;
      if (value == null) continue;
      open.push(name);
      expanded.append(withVariables(value.text));
      open.pop();
    }
    return expanded.append(text, i, text.length()).toString();
  }

  /** Returns whether {@code text} may mean something else in another directory. */
  boolean usesDirectory(String text) {
    String expanded = withVariables(text);
    for (int at = 0; (at = expanded.indexOf("${", at)) >= 0; ) {
      boolean literal = at > 0 && expanded.charAt(at - 1) == '$';
      int start = at + 2;
      at = literal ? start : expanded.indexOf('}', start);
      if (literal) continue;
      if (at < 0) return false;
      String placeholder = expanded.substring(start, at);
      int colon = placeholder.indexOf(':');
      if (colon > 0 && secrets.usesDirectory(placeholder.substring(0, colon))) return true;
    }
    return false;
  }

  private void parse(
      String text, SourcePosition place, Collection<String> steps, List<Template.Part> parts) {
    int i = 0;
    while (i < text.length()) {
      int dollar = text.indexOf("${", i);
      if (dollar < 0) {
        parts.add(new Template.Literal(text.substring(i)));
        return;
      }
      if (dollar > i && text.charAt(dollar - 1) == '$') { // $${ is a literal ${
        parts.add(new Template.Literal(text.substring(i, dollar - 1) + "${"));
        i = dollar + 2;
        continue;
      }
      if (dollar > i) parts.add(new Template.Literal(text.substring(i, dollar)));
      int end = text.indexOf('}', dollar);
      if (end < 0) {
        problems.add(place, "a placeholder is not closed: add '}', or write $${ for a literal ${");
        return;
      }
      String written = text.substring(dollar, end + 1);
      if (written.indexOf("${", 2) >= 0) {
        // It would end at the inner brace: half a name is read, and the outer brace sent.
        problems.add(
            place,
            "a placeholder cannot stand in another (name a value of its own, or write $${ for a"
                + " literal ${)");
        return;
      }
      placeholder(written, place, steps, parts);
      i = end + 1;
    }
  }

  private void placeholder(
      String written, SourcePosition place, Collection<String> steps, List<Template.Part> parts) {
    String body = written.substring(2, written.length() - 1);
    int colon = body.indexOf(':');
    if (colon < 0) {
      step(body, written, place, steps, parts);
      return;
    }
    String kind = body.substring(0, colon);
    String name = body.substring(colon + 1);
    if (kind.equals("var")) {
      variable(name, written, place, steps, parts);
      return;
    }
    int fallback = name.indexOf(":-");
    String reference = fallback < 0 ? name : name.substring(0, fallback);
    if (!secrets.schemes().contains(kind)) {
      problems.add(place, unknownKind(kind));
      return;
    }
    if (reference.isEmpty()) {
      problems.add(place, "the placeholder ${" + kind + ":} names nothing");
      return;
    }
    try {
      SecretReference secret = secrets.find(kind, reference);
      if (secret == null) return;
      String otherwise = fallback < 0 ? null : name.substring(fallback + 2);
      parts.add(new Template.Reference(written, secret, otherwise, place));
    } catch (SecretException e) {
      problems.add(place, e.reason());
    }
  }

  private String unknownKind(String kind) {
    List<String> kinds = new ArrayList<>(secrets.schemes());
    kinds.add("var");
    // What follows the colon may be part of a password that holds a "${" by chance.
    if (!NAME.matcher(kind).matches()) {
      return "unknown kind of placeholder" + Suggestion.amongOrAll(kind, kinds);
    }
    String meant = Suggestion.among(kind, kinds);
    return "unknown kind of placeholder: ${"
        + kind
        + ":…}"
        + (meant.isEmpty() ? Suggestion.amongOrAll(kind, kinds) + secrets.remedy() : meant);
  }

  private void step(
      String name,
      String written,
      SourcePosition place,
      Collection<String> steps,
      List<Template.Part> parts) {
    if (steps.contains(name)) {
      parts.add(new Template.Step(name));
      return;
    }
    String remedy =
        steps.isEmpty()
            ? " (write ${env:NAME}, ${sys:PROPERTY}, ${file:PATH} or ${var:NAME})"
            : Suggestion.amongOrAll(name, steps);
    String quoted = NAME.matcher(name).matches() ? " " + written : "";
    problems.add(place, "unknown placeholder" + quoted + remedy);
  }

  private void variable(
      String name,
      String written,
      SourcePosition place,
      Collection<String> steps,
      List<Template.Part> parts) {
    ConfigNode value = vars.get(name);
    if (value == null) {
      problems.add(
          place,
          "no variable '"
              + name
              + "' under vars, needed by "
              + written
              + Suggestion.among(name, vars.keySet()));
      return;
    }
    if (open.contains(name)) {
      problems.add(value.place, "the variable '" + name + "' refers to itself");
      return;
    }
    if (overflown) return;
    if (open.size() >= DEEPEST || parts.size() >= MOST_PARTS) {
      overflown = true;
      problems.add(value.place, "variables refer to too many others");
      return;
    }
    open.push(name);
    parse(value.text, value.place, steps, parts);
    open.pop();
  }

  private static List<Template.Part> joined(List<Template.Part> parts) {
    List<Template.Part> joined = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (Template.Part part : parts) {
      @Nullable String text = part.literal();
      if (text != null) {
        literal.append(text);
        continue;
      }
      if (literal.length() > 0) joined.add(new Template.Literal(literal.toString()));
      literal.setLength(0);
      joined.add(part);
    }
    if (literal.length() > 0) joined.add(new Template.Literal(literal.toString()));
    return joined;
  }
}
