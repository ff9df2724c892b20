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
    ConfigNode totp = section.scalar("totp");
    ConfigNode file = section.scalar("file");
    ConfigNode url = section.scalar("url");
    List<ConfigNode> command = section.scalars("command");
    int named =
        (totp == null ? 0 : 1)
            + (file == null ? 0 : 1)
            + (url == null ? 0 : 1)
            + (command.isEmpty() ? 0 : 1);
    if (named != 1) {
      problems.add(node.place, section.title() + " needs one of totp, command, file and url");
    }
    CodeSource source = null;
    if (totp != null) source = totp(section, totp, steps);
    if (file != null)
      source = new CodeSource.FileSource(exchanges.template(file, steps), directory);
    if (url != null) source = url(section, url, steps);
    if (!command.isEmpty()) source = new CodeSource.CommandSource(words(command, steps), directory);
    if (named == 0) section.end(Keys.CODE_SOURCES);
    if (named == 1) section.end(keys(totp, url));
    return source;
  }

  private static Keys keys(@Nullable ConfigNode totp, @Nullable ConfigNode url) {
    Keys keys = Keys.CODE.get(totp != null ? "totp" : url != null ? "url" : "file");
    return keys == null ? Keys.CODE_SOURCES : keys;
  }

  private CodeSource totp(Section section, ConfigNode secret, ExchangeReader.Steps steps) {
    String[] algorithms = {"SHA1", "SHA256", "SHA512"};
    String algorithm = algorithms[section.choice("algorithm", algorithms)];
    int digits = number(section, "digits", 6, 6, 10);
    int period = number(section, "period", 30, 1, 3600);
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

  private CodeSource url(Section section, ConfigNode url, ExchangeReader.Steps steps) {
    String pointer =
        section.scalar("token") == null ? null : exchanges.pointer(section, "token", "");
    Template template = exchanges.template(url, steps);
    exchanges.checkUrl(template, section.title());
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
