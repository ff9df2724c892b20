package dev.authgraft.internal.config;

import dev.authgraft.internal.secret.SecretReference;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.spi.SecretException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the text of one template into its parts. */
final class TemplateParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

  private final Placeholders secrets;
  private final Variables variables;
  private final Problems problems;
  private final Collection<String> steps;
  private final List<Template.Part> parts = new ArrayList<>();

  /**
   * @param steps the names that earlier steps of the login have a value for
   */
  TemplateParser(
      Placeholders secrets, Variables variables, Problems problems, Collection<String> steps) {
    this.secrets = secrets;
    this.variables = variables;
    this.problems = problems;
    this.steps = steps;
  }

  /** Returns the template that {@code scalar} holds, and reports what is wrong with it. */
  Template parse(ConfigNode scalar) {
    parse(scalar.text, scalar.position);
    return new Template(joined(parts), scalar.position);
  }

  private void parse(String text, SourcePosition position) {
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
        problems.add(
            position, "a placeholder is not closed: add '}', or write $${ for a literal ${");
        return;
      }
      String written = text.substring(dollar, end + 1);
      if (written.indexOf("${", 2) >= 0) {
        // It would end at the inner brace: half a name is read, and the outer brace sent.
        problems.add(
            position,
            "a placeholder cannot stand in another (name a value of its own, or write $${ for a"
                + " literal ${)");
        return;
      }
      placeholder(written, position);
      i = end + 1;
    }
  }

  private void placeholder(String written, SourcePosition position) {
    String body = written.substring(2, written.length() - 1);
    int colon = body.indexOf(':');
    if (colon < 0) {
      step(body, written, position);
      return;
    }
    String kind = body.substring(0, colon);
    String name = body.substring(colon + 1);
    if (kind.equals("var")) variable(name, written, position);
    else secret(kind, name, written, position);
  }

  private void secret(String kind, String name, String written, SourcePosition position) {
    int fallback = name.indexOf(":-");
    String reference = fallback < 0 ? name : name.substring(0, fallback);
    if (!secrets.schemes().contains(kind)) {
      problems.add(position, unknownKind(kind));
      return;
    }
    if (reference.isEmpty()) {
      problems.add(position, "the placeholder ${" + kind + ":} names nothing");
      return;
    }
    try {
      SecretReference secret = secrets.find(kind, reference);
      if (secret == null) return;
      String otherwise = fallback < 0 ? null : name.substring(fallback + 2);
      parts.add(new Template.Reference(written, secret, otherwise, position));
    } catch (SecretException e) {
      problems.add(position, e.reason());
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

  private void step(String name, String written, SourcePosition position) {
    if (steps.contains(name)) {
      parts.add(new Template.Step(name));
      return;
    }
    String remedy =
        steps.isEmpty()
            ? " (write ${env:NAME}, ${sys:PROPERTY}, ${file:PATH} or ${var:NAME})"
            : Suggestion.amongOrAll(name, steps);
    String quoted = NAME.matcher(name).matches() ? " " + written : "";
    problems.add(position, "unknown placeholder" + quoted + remedy);
  }

  private void variable(String name, String written, SourcePosition position) {
    ConfigNode value = variables.get(name);
    if (value == null) {
      problems.add(
          position,
          "no variable '"
              + name
              + "' under vars, needed by "
              + written
              + Suggestion.among(name, variables.names()));
      return;
    }
    variables.open(name, value, parts.size(), problems, of -> parse(of.text, of.position));
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
