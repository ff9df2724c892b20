package dev.authgraft.internal.config;

import dev.authgraft.internal.login.CodeSource;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.secret.Command;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.spi.SecretException;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where the code of a second factor comes from: {@code code}. */
final class CodeReader {
  private static final Keys ALL = keys("totp").and(keys("url"));

  private final Problems problems;
  private final ExchangeReader exchanges;
  private final File directory;

  /**
   * @param directory what a relative path of a file is relative to
   */
  CodeReader(Problems problems, ExchangeReader exchanges, File directory) {
    this.problems = problems;
    this.exchanges = exchanges;
    this.directory = directory;
  }

  /** Returns where the code comes from, or null if it has problems. */
  @Nullable CodeSource read(ConfigNode node, ExchangeReader.Steps steps) {
    Section section = new Section(node, "code of " + steps.title(), problems);
    if (node.kind != ConfigNode.Kind.MAP) return null;
    section.expecting(ALL);
    List<String> named = new ArrayList<>();
    for (String key : Keys.CODE_SOURCES.names()) if (section.node(key) != null) named.add(key);
    if (named.size() != 1) {
      problems.add(node.place, section.title() + " needs one of totp, command, file and url");
    }
    // Where none is named, one may be misspelt: then what belongs to it is not unknown.
    if (named.isEmpty()) named.addAll(Keys.CODE.keySet());
    Keys keys = Keys.CODE_SOURCES;
    CodeSource source = null;
    for (String key : named) {
      source = source(key, section, steps);
      keys = keys.and(keys(key));
    }
    section.end(keys);
    return source;
  }

  private static Keys keys(String source) {
    Keys keys = Keys.CODE.get(source);
    return keys == null ? Keys.CODE_SOURCES : keys;
  }

  private @Nullable CodeSource source(String key, Section section, ExchangeReader.Steps steps) {
    switch (key) {
      case "totp":
        return totp(section, steps);
      case "url":
        return url(section, steps);
      case "file":
        ConfigNode file = section.scalar(key);
        return file == null
            ? null
            : new CodeSource.FileSource(exchanges.template(file, steps), directory);
      default:
        List<ConfigNode> command = section.scalars(key);
        return command.isEmpty()
            ? null
            : new CodeSource.CommandSource(words(command, steps), directory);
    }
  }

  private @Nullable CodeSource totp(Section section, ExchangeReader.Steps steps) {
    ConfigNode secret = section.scalar("totp");
    String[] algorithms = {"SHA1", "SHA256", "SHA512"};
    String algorithm = algorithms[section.choice("algorithm", algorithms)];
    int digits = number(section, "digits", 6, 6, 10);
    int period = number(section, "period", 30, 1, 3600);
    if (secret == null) return null;
    return new CodeSource.TotpSource(exchanges.template(secret, steps), algorithm, digits, period);
  }

  /** Reads a whole number; a period may also be written as a duration. */
  private int number(Section section, String key, int fallback, int least, int most) {
    ConfigNode node = section.scalar(key);
    if (node == null) return fallback;
    String text =
        key.equals("period") && node.text.endsWith("s")
            ? node.text.substring(0, node.text.length() - 1)
            : node.text;
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // Reported below.
    }
    problems.add(
        node.place, key + " must be a number from " + least + " to " + most + ": " + node.text);
    return fallback;
  }

  private @Nullable CodeSource url(Section section, ExchangeReader.Steps steps) {
    ConfigNode url = section.scalar("url");
    String pointer =
        section.scalar("token") == null ? null : exchanges.pointer(section, "token", "");
    if (url == null) return null;
    Template template = exchanges.url(url, section.title(), steps);
    return new CodeSource.UrlSource(Exchange.code(template), pointer);
  }

  /** Returns the words of a command: as listed, or split at white space where it is one text. */
  private List<Template> words(List<ConfigNode> command, ExchangeReader.Steps steps) {
    Collection<ConfigNode> words = command;
    if (command.size() == 1) {
      List<ConfigNode> split = new ArrayList<>();
      ConfigNode whole = command.get(0);
      try {
        for (String word : Command.words(whole.text)) {
          split.add(ConfigNode.scalar(ConfigNode.Kind.TEXT, whole.place, word));
        }
      } catch (SecretException e) {
        problems.add(whole.place, e.reason());
      }
      words = split;
    }
    List<Template> read = new ArrayList<>();
    for (ConfigNode word : words) read.add(exchanges.template(word, steps));
    return read;
  }
}
