package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.ChoiceKind;
import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.NumberKind;
import dev.authgraft.internal.config.key.PointerKind;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.SectionsKind;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.config.key.TextsKind;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.OneTimeCodeSource;
import dev.authgraft.internal.secret.Command;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.spi.SecretException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code code}: where the code of a second factor comes from. */
final class CodeReader {
  private static final Key<ConfigNode> TOTP =
      Key.of(
          "totp",
          TextKind.template(TextFormat.STEP_TEMPLATE),
          "computed (RFC 6238) from a secret in Base32");
  private static final Key<String> ALGORITHM =
      Key.of(
              "algorithm",
              ChoiceKind.of("SHA1", "SHA1").or("SHA256", "SHA256").or("SHA512", "SHA512"),
              "its hash: or SHA256, SHA512")
          .shown()
          .byDefault("SHA1");
  private static final Key<Integer> DIGITS =
      Key.of("digits", NumberKind.of(6, 10, "^0*([6-9]|10)$"), "how many digits a code has")
          .shown()
          .byDefault("6");
  private static final Key<Integer> PERIOD =
      Key.of("period", NumberKind.seconds(1, 3600, "^[0-9]{1,4}s?$"), "seconds in a step")
          .shown()
          .byDefault("30");
  private static final Key<List<ConfigNode>> COMMAND =
      Key.of(
              "command",
              TextsKind.templates(TextFormat.STEP_TEMPLATE),
              "the first line that a program prints; no shell")
          .namingFile();
  private static final Key<ConfigNode> FILE =
      Key.of("file", TextKind.template(TextFormat.STEP_TEMPLATE), "the content of a file")
          .shown()
          .namingFile();
  private static final Key<ConfigNode> URL =
      Key.of("url", TextKind.template(TextFormat.URL), "the answer to a GET").shown();
  private static final Key<String> TOKEN =
      Key.of("token", PointerKind.INSTANCE, "JSON Pointer to the code in it. Default: all of it")
          .shownIfPointer();

  /** Where a code can come from: one of these stands. */
  private static final Keys SOURCES = Keys.of("code", TOTP, COMMAND, FILE, URL);

  private static final Keys ALL =
      Keys.of("code", TOTP, ALGORITHM, DIGITS, PERIOD, COMMAND, FILE, URL, TOKEN)
          .with(Constraint.oneOf(TOTP, COMMAND, FILE, URL))
          .with(Constraint.needs(ALGORITHM, TOTP))
          .with(Constraint.needs(DIGITS, TOTP))
          .with(Constraint.needs(PERIOD, TOTP))
          .with(Constraint.needs(TOKEN, URL));

  static final Key<ConfigNode> CODE =
      Key.of(
              "code",
              SectionsKind.one(ALL),
              "where ${code} comes from; one of these. Default: no code")
          .withoutStrayKeys();

  private final LoginTemplates templates;
  private final File directory;

  /**
   * @param directory what a relative path of a file is relative to
   */
  CodeReader(LoginTemplates templates, File directory) {
    this.templates = templates;
    this.directory = directory;
  }

  /**
   * Returns where the code comes from, or null if it has problems.
   *
   * @param node the value of {@link #CODE} in {@code strategy}
   */
  @Nullable OneTimeCodeSource read(Section strategy, ConfigNode node) {
    Section section = strategy.item(node, CODE + " of " + strategy.title());
    if (!section.isMap()) return null;
    section.expecting(ALL);
    List<Key<?>> named = new ArrayList<>();
    for (Key<?> key : SOURCES.all()) if (section.has(key)) named.add(key);
    if (named.size() != 1) {
      section.problem(node.position, section.title() + " needs one of totp, command, file and url");
    }
    // If no source is named, one may be misspelt: the keys that belong to it are then not unknown.
    if (named.isEmpty()) named.addAll(SOURCES.all());
    OneTimeCodeSource source = null;
    Keys keys = SOURCES;
    ConfigNode totp = section.get(TOTP);
    if (named.contains(TOTP)) {
      source = totp(section, totp);
      keys = keys.and("code", ALGORITHM, DIGITS, PERIOD);
    }
    List<ConfigNode> command = section.values(COMMAND);
    if (!command.isEmpty())
      source = new OneTimeCodeSource.CommandSource(words(section, command), directory);
    ConfigNode file = section.get(FILE);
    if (file != null) source = new OneTimeCodeSource.FileSource(templates.read(file), directory);
    ConfigNode url = section.get(URL);
    if (named.contains(URL)) {
      source = url(section, url);
      keys = keys.and("code", TOKEN);
    }
    section.reportUnknownKeys(keys);
    return source;
  }

  private @Nullable OneTimeCodeSource totp(Section section, @Nullable ConfigNode secret) {
    String algorithm = section.value(ALGORITHM);
    int digits = section.value(DIGITS);
    int period = section.value(PERIOD);
    return secret == null
        ? null
        : new OneTimeCodeSource.TotpSource(templates.read(secret), algorithm, digits, period);
  }

  private @Nullable OneTimeCodeSource url(Section section, @Nullable ConfigNode url) {
    String pointer = section.get(TOKEN);
    if (url == null) return null;
    return new OneTimeCodeSource.UrlSource(
        Exchange.code(templates.readUrl(url, section.title())), pointer);
  }

  /** Returns the words of a command: as listed, or split at white space if it is one text. */
  private List<Template> words(Section section, List<ConfigNode> command) {
    List<ConfigNode> words = command;
    if (command.size() == 1) {
      words = new ArrayList<>();
      ConfigNode whole = command.get(0);
      try {
        for (String word : Command.words(whole.text)) {
          words.add(ConfigNode.scalar(ConfigNode.Kind.TEXT, whole.position, word));
        }
      } catch (SecretException e) {
        section.problem(whole.position, e.reason());
      }
    }
    List<Template> read = new ArrayList<>();
    for (ConfigNode word : words) read.add(templates.read(word));
    return read;
  }
}
