package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.PlainTexts;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.spi.SecretException;
import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Reads the texts of one config that may hold placeholders. */
final class TemplateReader implements PlainTexts {
  private final Placeholders secrets;
  private final Variables variables;
  private final Problems problems;

  TemplateReader(Placeholders secrets, Variables variables, Problems problems) {
    this.secrets = secrets;
    this.variables = variables;
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
    return new TemplateParser(secrets, variables, problems, steps).parse(scalar);
  }

  @Override
  public @Nullable ConfigNode plain(ConfigNode scalar) {
    int before = problems.count();
    String text = read(scalar).literal();
    if (problems.count() > before) return null;
    if (text != null) return ConfigNode.scalar(scalar.kind, scalar.position, text);
    problems.add(scalar.position, "no placeholder can stand here but ${var:NAME} of plain text");
    return null;
  }

  /**
   * Returns the text of {@code scalar}, whose placeholders must have a value when the config is
   * read; or null, with a problem reported.
   */
  @Nullable String resolveNow(ConfigNode scalar) {
    int before = problems.count();
    Template template = read(scalar);
    if (problems.count() > before) return null; // Checking the rest would report a second mistake.
    String literal = template.literal();
    if (literal != null) return literal;
    try {
      return template.resolve(new StepValues());
    } catch (SecretException e) {
      problems.add(scalar.position, e.getMessage() + ", and is needed when the config is read");
      return null;
    }
  }

  /**
   * Returns what a message may show of {@code scalar}, which stands for {@code text}: that text, or
   * {@code scalar} as it is written if it has placeholders, whose values may be secrets.
   */
  String shown(ConfigNode scalar, String text) {
    return read(scalar).literal() == null ? scalar.text : text;
  }

  /** Returns {@code text} with each {@code ${var:…}} written out and all else as it is. */
  String withVariables(String text) {
    return variables.writeOut(text);
  }

  /** Returns whether a placeholder in {@code text} may depend on the directory of the config. */
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
}
