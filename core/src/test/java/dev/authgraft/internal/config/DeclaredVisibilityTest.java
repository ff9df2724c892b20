package dev.authgraft.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Kind;
import dev.authgraft.internal.secret.CommandSecrets;
import dev.authgraft.internal.secret.FileSecrets;
import dev.authgraft.internal.secret.KeyStoreSecrets;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.internal.yaml.SourceText;
import dev.authgraft.internal.yaml.YamlReader;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The declarations of keys decide what is shown, and the reference has all of them. */
final class DeclaredVisibilityTest {
  private static final Path REFERENCE = Path.of("../config-examples/reference.yml");

  /** A key that gets another decision has to be moved here by hand: it is worth a second look. */
  private static final String HIDDEN =
      "body cache client-id client-secret command password prefix relocated totp username value";

  /** Returns the line of a config on which a problem is, as it would be shown. */
  private static String shown(String yaml, int line) {
    ConfigProblem problem = new SourcePosition("a.yml", line, 1).problem("wrong");
    ConfigProblem shown =
        SourceText.shown(List.of(problem), file -> yaml, DeclaredVisibility.INSTANCE).get(0);
    return String.valueOf(shown.excerpt());
  }

  @Test
  void theValuesOfTheseKeysAreHidden() {
    Set<String> hidden = new TreeSet<>();
    Set<String> shown = new TreeSet<>();
    for (Keys section : ((DeclaredVisibility) DeclaredVisibility.INSTANCE).sections()) {
      for (Key<?> key : section.all()) {
        boolean text = key.sections().isEmpty() && key.kind().below() != Kind.Below.FOREIGN_NAMES;
        if (text) (key.shows("/abc") || key.shows("abc") ? shown : hidden).add(key.name());
      }
    }
    assertThat(String.join(" ", hidden)).isEqualTo(HIDDEN);
    assertThat(shown).doesNotContainAnyElementsOf(hidden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategies: {s: {type: api-key, value: hunter2}}",
        "strategies: {s: {value: hunter2}}",
        "strategies: {s: {type: lazy-jwt, login: {json: {host: hunter2}}}}",
        "strategies: {s: {type: lazy-jwt, login: {form: {url: hunter2}}}}",
        "strategies: {s: {type: lazy-jwt, login: {headers: {host: hunter2}}}}",
        "strategies: {s: {type: lazy-jwt, login: {token: hunter2}}}",
        "strategies: {s: {type: lazy-jwt, apply: {prefix: hunter2}}}",
        "strategies: {s: {type: oauth2-client-credentials, parameters: {scope: hunter2}}}",
        "strategies: {host: hunter2}",
        "strategies: {s: {host: {host: hunter2}}}",
        "strategies: {s: {password: {host: hunter2}}}",
        "secrets: {vault: {token: /hunter2}}",
        "secrets: {vault: {url: hunter2}}",
        "secrets: {vault: {login: {url: hunter2}}}",
        "secrets: {host: hunter2}",
        "http: {trust-store: {password: hunter2}}",
        "vars: {host: hunter2}",
        "rules: [{password: hunter2}]",
        "nobody: {host: hunter2}",
      })
  void aValueThatMayBeSecretIsHidden(String yaml) {
    assertThat(shown(yaml, 1)).doesNotContain("hunter2").contains("██");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strategies: {s: {type: visible}}",
        "strategies: {s: {type: lazy-jwt, login: {url: visible}}}",
        "strategies: {s: {type: lazy-jwt, login: {token: /visible}}}",
        "strategies: {s: {type: lazy-jwt, rejected-when: [{redirect-to: visible}]}}",
        "strategies: {s: {type: form-login, login: {cookies: [visible]}}}",
        "rules: [{host: [visible]}]",
        "http: {trust-store: {file: visible}}",
        "secrets: {pkcs12: {file: visible}}",
        "login: {url: visible}", // in the wrong place, and shown wherever it may stand
      })
  void aValueThatIsNoSecretIsShown(String yaml) {
    assertThat(shown(yaml, 1)).contains("visible");
  }

  @Test
  void theSettingsOfBuiltInSourcesAreDeclared() {
    for (SecretSource source :
        List.of(new FileSecrets(), new KeyStoreSecrets(), new CommandSecrets())) {
      Set<String> declared = SourceKeys.of(source).keys.names();
      assertThat(declared).containsAll(source.settings()).contains("timeout", "cache");
      assertThat(SourceKeys.ANY.names()).containsAll(declared);
    }
  }

  @Test
  void theReferenceShowsEachDeclaredKeyAndNoOther() throws IOException {
    String text = Files.readString(REFERENCE);
    ConfigNode root =
        YamlReader.read("reference.yml", text, new Problems(DeclaredVisibility.INSTANCE));
    assertThat(root).isNotNull();
    Set<Key<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    visit(root, List.of(ConfigReader.KEYS), seen);
    for (Keys section : ((DeclaredVisibility) DeclaredVisibility.INSTANCE).sections()) {
      for (Key<?> key : section.all()) {
        if (seen.contains(key)) continue;
        assertThat(text)
            .as("'%s' of %s", key.name(), section)
            .containsPattern("(?m)`" + key.name() + "`|^ *# " + key.name() + ": ");
      }
    }
  }

  /** Collects the declarations of the keys in {@code node}, which is one of {@code sections}. */
  private static void visit(ConfigNode node, List<Keys> sections, Set<Key<?>> seen) {
    for (ConfigNode item : node.items) visit(item, sections, seen);
    ConfigNode type = node.get("type");
    StrategyType strategy = type == null ? null : StrategyTypes.named(type.text);
    List<Keys> chosen = strategy == null ? sections : List.of(strategy.keys());
    node.entries.forEach(
        (name, entry) -> {
          List<Key<?>> declared = new ArrayList<>();
          for (Keys each : chosen) if (each.get(name) != null) declared.add(each.get(name));
          assertThat(declared).as("declaration of '%s'", name).isNotEmpty();
          for (Key<?> key : declared) {
            seen.add(key);
            if (key.kind().below() == Kind.Below.NAMED_SECTIONS) {
              entry.value.entries.forEach(
                  (given, below) -> visit(below.value, key.sections(), seen));
            } else if (key.kind().below() != Kind.Below.FOREIGN_NAMES) {
              visit(entry.value, key.sections(), seen);
            }
          }
        });
  }
}
