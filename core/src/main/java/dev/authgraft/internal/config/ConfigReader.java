package dev.authgraft.internal.config;

import dev.authgraft.client.Target;
import dev.authgraft.internal.login.ConfiguredHttp;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.TlsSettings;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.internal.yaml.Problems;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the nodes of a config into what it says. */
public final class ConfigReader {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Problems problems;
  private final TemplateReader templates;
  private final File directory;

  private ConfigReader(Problems problems, TemplateReader templates, File directory) {
    this.problems = problems;
    this.templates = templates;
    this.directory = directory;
  }

  /** What a config needs beside its file. */
  public interface ContextFactory {
    LoginContext create(ConfiguredHttp http);

    /** Returns where secrets can be read from. */
    SecretSourceRegistry sources();

    /** Returns whether nothing is to be applied, whatever the config says. */
    boolean observes();

    /** Returns what their age is measured by. */
    Time time();
  }

  /**
   * Returns the config in {@code file}.
   *
   * @param before the config that this one takes the place of, or null: a strategy that means the
   *     same as before is the same, with its tokens
   * @throws InvalidConfigException if it cannot be used, with every problem
   */
  public static Config read(
      Path file, @Nullable String environment, ContextFactory contexts, @Nullable Config before)
      throws InvalidConfigException {
    Problems problems = new Problems(DeclaredVisibility.INSTANCE);
    ConfigFiles files = new ConfigFiles(problems, contexts.time());
    ConfigNode root = files.read(file, environment);
    Config config = root == null ? null : read(root, file, files, problems, contexts, before);
    problems.throwIfAny(files.names(), files::text);
    if (config == null) throw new IllegalStateException("no config and no problem");
    return config;
  }

  private static Config read(
      ConfigNode root,
      Path file,
      ConfigFiles files,
      Problems problems,
      ContextFactory contexts,
      @Nullable Config before) {
    Section top = new Section(root, "the config", problems).expecting(Keys.TOP);
    Path parent = file.toAbsolutePath().getParent();
    File directory = parent == null ? new File(".") : parent.toFile();
    SecretSourceRegistry sources = contexts.sources();
    for (String problem : sources.problems())
      problems.add(SourcePosition.ofFile(file.toString()), problem);
    Variables vars = Variables.read(top.section("vars"));
    TemplateReader settings =
        new TemplateReader(
            Placeholders.immediate(sources, directory.toPath(), contexts.time()), vars, problems);
    Placeholders secrets =
        Placeholders.read(
            top.section("secrets"), sources, directory.toPath(), contexts.time(), settings);
    TemplateReader templates = new TemplateReader(secrets, vars, problems);
    ConfigReader reader = new ConfigReader(problems, templates, directory);

    boolean reloads = top.choice("reload", "on", "off") == 0;
    boolean observes = top.choice("mode", "apply", "observe") == 1 || contexts.observes();
    List<String> relocated = reader.relocated(top.section("agent"));
    Map<String, String> canonical = new HashMap<>();
    canonical.put("", reader.meaning(root.get("http")) + reader.meaning(root.get("secrets")));
    ConfiguredHttp http = reader.http(top.section("http"));
    boolean sameHttp = before != null && before.means("", canonical.get(""));
    LoginContext context = before != null && sameHttp ? before.context() : contexts.create(http);
    Map<String, @Nullable Strategy> strategies =
        reader.strategies(top, context, canonical, sameHttp ? before : null);
    ConfigNode written = top.node("strategies");
    boolean readable = written == null || written.kind == ConfigNode.Kind.MAP;
    RuleSet rules = new RuleReader(problems, templates, readable ? strategies : null).read(top);
    top.end(Keys.TOP);

    Map<String, Strategy> usable = new LinkedHashMap<>();
    strategies.forEach(
        (name, strategy) -> {
          if (strategy != null) usable.put(name, strategy);
        });
    return new Config(
        files.state(),
        usable,
        rules,
        context,
        canonical,
        reloads,
        observes,
        relocated,
        UnusedVariables.in(root),
        Canonical.of(root, null)); // with the vars in it, none is written out for nothing
  }

  private Map<String, @Nullable Strategy> strategies(
      Section top, LoginContext context, Map<String, String> canonical, @Nullable Config before) {
    Map<String, @Nullable Strategy> strategies = new LinkedHashMap<>();
    Section section = top.section("strategies");
    if (section == null) return strategies;
    StrategyReader reader = new StrategyReader(problems, templates, directory, context);
    for (Map.Entry<String, ConfigNode.Entry> entry : section.entries().entrySet()) {
      String name = entry.getKey();
      if (name.equals("none")) {
        problems.add(
            entry.getValue().place,
            "a strategy cannot be called 'none', which in a rule means no credential (rename it)");
        reader.read(name, entry.getValue());
        continue;
      }
      String meaning = meaning(entry.getValue().value);
      canonical.put(name, meaning);
      boolean same = before != null && before.means(name, meaning);
      // A strategy that cannot be used is null: rules that name it are right to do so.
      strategies.put(
          name,
          before != null && same
              ? before.strategies().get(name)
              : reader.read(name, entry.getValue()));
    }
    return strategies;
  }

  /** Returns what {@code node} means, which in another directory may be something else. */
  private String meaning(@Nullable ConfigNode node) {
    String text = Canonical.of(node, templates);
    return node != null && usesDirectory(node, "", "") ? directory + text : text;
  }

  /**
   * Returns whether {@code node} names files or programs: by a placeholder, or by where it stands.
   *
   * @param map the key of the map that it stands in, or nothing
   * @param key the key that it is the value of, or nothing
   */
  private boolean usesDirectory(ConfigNode node, String map, String key) {
    if (node.isScalar()) return Keys.isPath(map, key) || templates.usesDirectory(node.text);
    for (ConfigNode item : node.items) if (usesDirectory(item, map, key)) return true;
    for (Map.Entry<String, ConfigNode.Entry> entry : node.entries.entrySet()) {
      if (usesDirectory(entry.getValue().value, key, entry.getKey())) return true;
    }
    return false;
  }

  private List<String> relocated(@Nullable Section section) {
    List<String> packages = new ArrayList<>();
    if (section == null) return packages;
    for (ConfigNode item : section.scalars("relocated")) {
      String name = templates.resolveNow(item);
      if (name == null) continue;
      if (isPackage(name)) packages.add(name);
      else {
        String shown = templates.shown(item, name);
        problems.add(item.place, "'" + shown + "' is no package (write com.example.shaded)");
      }
    }
    section.end(Keys.AGENT);
    return packages;
  }

  private static boolean isPackage(String name) {
    boolean starts = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fits =
          starts ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c);
      if (!fits && (starts || c != '.')) return false;
      starts = c == '.';
    }
    return !starts;
  }

  private ConfiguredHttp http(@Nullable Section section) {
    if (section == null) return new ConfiguredHttp(CONNECT_TIMEOUT, TIMEOUT, null, null);
    section.expecting(Keys.HTTP);
    Duration connectTimeout = section.duration("connect-timeout", CONNECT_TIMEOUT);
    Duration timeout = section.duration("timeout", TIMEOUT);
    Proxy proxy = proxy(section.scalar("proxy"));
    TlsSettings.Store trustStore = store(section.section("trust-store"));
    TlsSettings.Store keyStore = store(section.section("key-store"));
    section.end(Keys.HTTP);
    TlsSettings tls =
        trustStore == null && keyStore == null ? null : new TlsSettings(trustStore, keyStore);
    return new ConfiguredHttp(connectTimeout, timeout, proxy, tls);
  }

  private @Nullable Proxy proxy(@Nullable ConfigNode node) {
    if (node == null) return null;
    String text = templates.resolveNow(node);
    if (text == null) return null;
    if (text.equals("none")) return Proxy.NO_PROXY;
    String address = text.startsWith("http://") ? text.substring(7) : text;
    if (address.endsWith("/")) address = address.substring(0, address.length() - 1);
    int colon = address.lastIndexOf(':');
    int port = -1;
    try {
      port = colon < 0 ? -1 : Integer.parseInt(address.substring(colon + 1));
    } catch (NumberFormatException e) {
      // Reported below.
    }
    if (colon <= 0 || port <= 0 || port > 65535 || address.indexOf('@') >= 0) {
      problems.add(node.place, "the proxy must be host:port, http://host:port or none");
      return null;
    }
    return new Proxy(
        Proxy.Type.HTTP,
        InetSocketAddress.createUnresolved(
            Target.canonicalHost(address.substring(0, colon)), port));
  }

  private TlsSettings.@Nullable Store store(@Nullable Section section) {
    if (section == null) return null;
    ConfigNode fileNode = section.required("file", "name a PKCS#12 or JKS file");
    ConfigNode passwordNode = section.scalar("password");
    section.end(Keys.STORE);
    Template password = passwordNode == null ? null : templates.read(passwordNode);
    String file = fileNode == null ? null : templates.resolveNow(fileNode);
    if (file == null) return null;
    File path = new File(file);
    return new TlsSettings.Store(path.isAbsolute() ? path : new File(directory, file), password);
  }
}
