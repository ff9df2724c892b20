package dev.authgraft.internal.config;

import dev.authgraft.internal.login.ExchangeUrl;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the templates of one login: what its steps send. */
final class LoginTemplates {
  private final TemplateReader reader;
  private final Problems problems;
  private final Set<String> steps = new LinkedHashSet<>();
  private final List<Template> read = new ArrayList<>();

  LoginTemplates(ReadContext context) {
    this.reader = context.templates;
    this.problems = context.problems;
  }

  /** Adds a name that the templates of later steps may refer to: {@code ${code}}. */
  void addStep(String name) {
    steps.add(name);
  }

  /** Returns the template that {@code node} holds, and reports what is wrong with it. */
  Template read(ConfigNode node) {
    Template template = reader.read(node, steps);
    read.add(template);
    return template;
  }

  /**
   * Returns the template of a URL, and reports what is wrong with either.
   *
   * @param title what the URL belongs to, for messages
   */
  Template readUrl(ConfigNode node, String title) {
    int before = problems.count();
    Template url = read(node);
    // Checking the rest without the wrong placeholder would report a second mistake.
    if (problems.count() == before) checkUrl(url, title);
    return url;
  }

  /** Returns the templates that were read so far. */
  List<Template> all() {
    return new ArrayList<>(read);
  }

  /** Returns whether a template that was read refers to {@code step}. */
  boolean use(String step) {
    return read.stream().anyMatch(template -> template.uses(step));
  }

  /** Checks what can be seen of a URL before its placeholders have values. */
  private void checkUrl(Template url, String title) {
    String start = url.literalStart();
    if (start.isEmpty() && url.literal() == null) return;
    if (!start.regionMatches(true, 0, "https://", 0, 8)
        && !start.regionMatches(true, 0, "http://", 0, 7)) {
      problems.add(
          url.position(),
          "the url of " + title + " has no scheme: " + new ExchangeUrl(url) + " (write https://…)");
      return;
    }
    String literal = url.literal();
    if (literal == null) return;
    String hint = "";
    try {
      URI uri = new URI(literal);
      hint = ExchangeUrl.underscore(uri);
      if (uri.getRawUserInfo() != null) {
        problems.add(
            url.position(),
            "the url of " + title + " holds user info (write a header Authorization instead)");
        return;
      }
      if (uri.getHost() != null) return;
    } catch (URISyntaxException e) {
      // Reported below.
    }
    problems.add(
        url.position(), "the url of " + title + " is not a URL: " + new ExchangeUrl(url) + hint);
  }
}
