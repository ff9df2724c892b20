package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.ChoicesKind;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextsKind;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code agent}. */
final class AgentReader {
  private static final Key<List<ConfigNode>> RELOCATED =
      Key.of(
          "relocated",
          TextsKind.templates(TextFormat.PACKAGE),
          "Packages under which libraries carry a copy of OkHttp or of HttpClient 5.");
  private static final Key<Set<String>> CLIENTS =
      Key.of(
              "clients",
              ChoicesKind.of(
                  "okhttp2",
                  "okhttp",
                  "commons-httpclient",
                  "httpclient4",
                  "httpclient5",
                  "http-url-connection",
                  "java-net-http"),
              "The HTTP clients that the agent serves: okhttp2, okhttp (3 to 5), commons-httpclient,"
                  + " httpclient4 (with HttpAsyncClient 4), httpclient5, http-url-connection,"
                  + " java-net-http.")
          .shown();
  private static final Keys KEYS = Keys.of("agent", RELOCATED, CLIENTS);

  static final Key<Section> AGENT = Key.section("agent", KEYS, "Settings of the agent alone.");

  private AgentReader() {}

  /** Returns the HTTP clients that the agent serves, or null for all. */
  static @Nullable Set<String> clients(@Nullable Section section) {
    return section == null ? null : section.get(CLIENTS);
  }

  /** Returns the packages under which the program has other copies of the clients. */
  static List<String> relocated(@Nullable Section section, TemplateReader templates) {
    List<String> packages = new ArrayList<>();
    if (section == null) return packages;
    for (ConfigNode item : section.values(RELOCATED)) {
      String name = templates.resolveNow(item);
      if (name == null) continue;
      if (isPackage(name)) packages.add(name);
      else {
        String shown = templates.shown(item, name);
        section.problem(item.position, "'" + shown + "' is no package (write com.example.shaded)");
      }
    }
    section.reportUnknownKeys(KEYS);
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
}
