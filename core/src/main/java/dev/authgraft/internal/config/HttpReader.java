package dev.authgraft.internal.config;

import dev.authgraft.client.Target;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.login.ConfiguredHttp;
import dev.authgraft.internal.login.TlsSettings;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code http}: how logins are sent. */
final class HttpReader {
  private static final Key<ConfigNode> FILE =
      Key.of("file", TextKind.template(TextFormat.ANY), "PKCS#12 or JKS")
          .shown()
          .required("name a PKCS#12 or JKS file")
          .namingFile();
  private static final Key<ConfigNode> PASSWORD =
      Key.of(
          "password",
          TextKind.template(TextFormat.TEMPLATE),
          "the password of the store. Default: none");
  private static final Keys STORE = Keys.of("store", FILE, PASSWORD);

  private static final Key<Duration> CONNECT_TIMEOUT =
      Key.duration("connect-timeout", "for a TCP connection").shown().byDefault("5s");
  private static final Key<Duration> TIMEOUT =
      Key.duration("timeout", "for a whole login with all its requests").shown().byDefault("15s");
  private static final Key<ConfigNode> PROXY =
      Key.of(
              "proxy",
              TextKind.template(TextFormat.PROXY),
              "for every login. Default: the JVM's proxy selector")
          .shown();
  private static final Key<Section> TRUST_STORE =
      Key.section("trust-store", STORE, "the certificates that are trusted. Default: the JVM's")
          .withoutStrayKeys();
  private static final Key<Section> KEY_STORE =
      Key.section("key-store", STORE, "a client certificate for logins. Default: none")
          .withoutStrayKeys();
  private static final Keys KEYS =
      Keys.of("http", CONNECT_TIMEOUT, TIMEOUT, PROXY, TRUST_STORE, KEY_STORE);

  static final Key<Section> HTTP =
      Key.section("http", KEYS, "How logins are sent. They never use the program's own clients.");

  private final TemplateReader templates;
  private final File directory;

  HttpReader(ReadContext context) {
    this.templates = context.templates;
    this.directory = context.directory;
  }

  /** Returns the settings in {@code section}, or the defaults if it is null. */
  ConfiguredHttp read(@Nullable Section section) {
    if (section == null) {
      return new ConfiguredHttp(CONNECT_TIMEOUT.defaultValue(), TIMEOUT.defaultValue(), null, null);
    }
    section.expecting(KEYS);
    Duration connectTimeout = section.value(CONNECT_TIMEOUT);
    Duration timeout = section.value(TIMEOUT);
    Proxy proxy = proxy(section);
    TlsSettings.Store trustStore = store(section.get(TRUST_STORE));
    TlsSettings.Store keyStore = store(section.get(KEY_STORE));
    section.reportUnknownKeys(KEYS);
    TlsSettings tls =
        trustStore == null && keyStore == null ? null : new TlsSettings(trustStore, keyStore);
    return new ConfiguredHttp(connectTimeout, timeout, proxy, tls);
  }

  private @Nullable Proxy proxy(Section section) {
    ConfigNode node = section.get(PROXY);
    String text = node == null ? null : templates.resolveNow(node);
    if (node == null || text == null) return null;
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
      section.problem(node.position, "the proxy must be host:port, http://host:port or none");
      return null;
    }
    return new Proxy(
        Proxy.Type.HTTP,
        InetSocketAddress.createUnresolved(
            Target.canonicalHost(address.substring(0, colon)), port));
  }

  private TlsSettings.@Nullable Store store(@Nullable Section section) {
    if (section == null) return null;
    ConfigNode fileNode = section.get(FILE);
    ConfigNode passwordNode = section.get(PASSWORD);
    section.reportUnknownKeys(STORE);
    Template password = passwordNode == null ? null : templates.read(passwordNode);
    String file = fileNode == null ? null : templates.resolveNow(fileNode);
    if (file == null) return null;
    File path = new File(file);
    return new TlsSettings.Store(path.isAbsolute() ? path : new File(directory, file), password);
  }
}
