package dev.authgraft.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.ConfigProblemsTest;
import dev.authgraft.internal.config.key.SchemaWriter;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.internal.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema says what the loader says. */
final class SchemaTest {
  private static final Path EXAMPLES = Path.of("../config-examples");
  private static final Path FILE = EXAMPLES.resolve("authgraft.schema.json");

  /** What no schema can say: it takes the rest of the file, its environment, or its YAML. */
  private static final List<String> BEYOND =
      List.of(
          "no variable",
          "environment variable",
          "the placeholder ends at", // and then a quote is open
          "unknown kind of placeholder"); // a jar may bring one more

  @TempDir private Path directory;

  private static JsonNode document() throws IOException {
    return new ObjectMapper().readTree(FILE.toFile());
  }

  private static Set<?> errors(JsonNode config) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document());
    return schema.validate(config);
  }

  /** Returns a config as the loader's own YAML reader sees it. */
  private static JsonNode json(String yaml) {
    ConfigNode root =
        YamlReader.read("authgraft.yml", yaml, new Problems(DeclaredVisibility.INSTANCE));
    assertThat(root).as(yaml).isNotNull();
    return json(root);
  }

  private static JsonNode json(ConfigNode node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    switch (node.kind) {
      case MAP:
        ObjectNode map = nodes.objectNode();
        node.entries.forEach((key, entry) -> map.set(key, json(entry.value)));
        return map;
      case LIST:
        ArrayNode list = nodes.arrayNode();
        for (ConfigNode item : node.items) list.add(json(item));
        return list;
      case NUMBER:
        try {
          return nodes.numberNode(Long.parseLong(node.text));
        } catch (NumberFormatException e) {
          return nodes.numberNode(Double.parseDouble(node.text));
        }
      case BOOLEAN:
        return nodes.booleanNode(node.text.equalsIgnoreCase("true"));
      case NULL:
        return nodes.nullNode();
      default:
        return nodes.textNode(node.text);
    }
  }

  static List<Path> examples() throws IOException {
    List<Path> examples = new ArrayList<>(List.of(Path.of("../demo/authgraft.yml")));
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      files.filter(file -> file.toString().endsWith(".yml")).sorted().forEach(examples::add);
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(Path example) throws IOException {
    assertThat(errors(json(Files.readString(example)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"dev", "staging", "prod"})
  void everyEnvironmentIsValid(String environment) throws IOException {
    ConfigNode config =
        new ConfigFiles(new Problems(DeclaredVisibility.INSTANCE), Time.SYSTEM)
            .read(EXAMPLES.resolve("environments/authgraft.yml"), environment);
    assertThat(errors(json(config))).isEmpty();
  }

  /** An environment's file has what differs, which an editor must not take for a half config. */
  @ParameterizedTest
  @CsvSource({
    "environments/authgraft-dev.yml",
    "environments/authgraft-staging.yml",
    "environments/authgraft-prod.yml",
    "vault/authgraft.yml"
  })
  void aFileInASubdirectoryIsValidByItself(String name) throws IOException {
    Path file = EXAMPLES.resolve(name);
    assertThat(errors(json(Files.readString(file)))).isEmpty();
    everyExampleNamesTheSchema(file);
  }

  /** Else an editor shows the expression. */
  @Test
  void everyPatternIsPutIntoWords() throws IOException {
    List<JsonNode> patterns = document().findParents("pattern");
    assertThat(patterns).hasSizeGreaterThan(60);
    for (JsonNode each : patterns) {
      boolean variable = each.get("pattern").asText().equals("\\$\\{var:"); // beside an enum
      assertThat(each.path("errorMessage").asText().isEmpty()).as("%s", each).isEqualTo(variable);
    }
  }

  /** The line that editors read; each names the schema from where it is itself. */
  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleNamesTheSchema(Path example) throws IOException {
    String line = Files.readString(example).lines().findFirst().orElse("");
    assertThat(line).startsWith("# yaml-language-server: $schema=");
    String named = line.substring(line.indexOf('=') + 1);
    assertThat(example.resolveSibling(named).normalize().toFile()).isFile();
    assertThat(example.resolveSibling(named)).hasSameTextualContentAs(FILE);
  }

  @Test
  void theReadmesConfigIsValid() throws IOException {
    Matcher config =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(config.find()).isTrue();
    assertThat(errors(json(config.group(1)))).isEmpty();
  }

  static Stream<String[]> wrongStrategies() throws NoSuchMethodException {
    return rows("aStrategysProblemIsNamed");
  }

  static Stream<String[]> wrongRules() throws NoSuchMethodException {
    return rows("aRulesProblemIsNamed");
  }

  private static Stream<String[]> rows(String test) throws NoSuchMethodException {
    CsvSource source =
        ConfigProblemsTest.class
            .getDeclaredMethod(test, String.class, String.class)
            .getAnnotation(CsvSource.class);
    return Stream.of(source.value())
        .map(row -> row.split(" \\| "))
        .filter(row -> BEYOND.stream().noneMatch(row[1]::contains));
  }

  @ParameterizedTest
  @MethodSource("wrongStrategies")
  void aWrongStrategyIsRefused(String strategy, String problem) throws IOException {
    String yaml = "strategies: {s: " + strategy + "}\nrules: [{host: a.example, strategy: none}]\n";
    assertThat(errors(json(yaml))).as(problem).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("wrongRules")
  void aWrongRuleIsRefused(String rule, String problem) throws IOException {
    assertThat(errors(json("rules:\n  - " + rule + "\n"))).as(problem).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{rules: [], extra: 1}",
        "{rules: 7}",
        "{strategies: {}}",
        "{rules: [], reload: maybe}",
        "{rules: [], vars: {a: [b]}}",
        "{rules: [], secrets: {pkcs12: {fiel: a}}}",
        "{rules: [], secrets: {command: {timeout: soon}}}",
        "{rules: [], secrets: {env: {cache: 1s}}}",
        "{rules: [], http: {timout: 1s}}",
        "{rules: [], http: {timeout: 0s}}",
        "{rules: [], http: {proxy: 'u:p@host:1'}}",
        "{rules: [], http: {trust-store: {password: x}}}",
        "{rules: [], strategies: {none: {type: api-key, value: x}}}",
        "{rules: [], strategies: {s: {type: api-key, value: x, query: a, prefix: b}}}",
        "{rules: [], strategies: {s: {type: form-login, login: {url: 'https://a/', cookies: [a],"
            + " token: /t}}}}",
        "{rules: [], strategies: {s: {type: lazy-jwt, login: {url: 'https://a/', json: {}, form:"
            + " {}}}}}",
        "{rules: [], strategies: {s: {type: pre-auth-2fa, pre-auth: {url: 'https://a/'}, login:"
            + " {url: 'https://a/'}, code: {file: a, digits: 6}}}}",
        "{rules: [], strategies: {s: {type: pre-auth-2fa, pre-auth: {url: 'https://a/'}, login:"
            + " {url: 'https://a/'}, code: {totp: a, digits: 5}}}}",
        "{rules: [], strategies: {s: {type: lazy-jwt, login: {url: 'https://a/'}, apply: {cookie:"
            + " a}}}}",
        "{rules: [], strategies: {s: {type: lazy-jwt, login: {url: 'https://a/', refused-when:"
            + " {}}}}}",
        "{rules: [], strategies: {s: {type: lazy-jwt, login: {url: 'https://a/', refused-when:"
            + " [{status: 99}]}}}}",
        "{rules: [], strategies: {s: {type: lazy-jwt, login: {url: 'https://a/', refused-when:"
            + " {redirect-to: /a}}}}}",
        "{rules: [{host: [], strategy: none}]}",
      })
  void whatTheLoaderRefusesTheSchemaRefuses(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("authgraft.yml"), yaml);
    assertThat(errors(json(yaml))).as("schema").isNotEmpty();
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Authgraft.load(file)))
        .as("loader")
        .isInstanceOf(ConfigException.class);
  }

  /** If a key was changed on purpose, copy the file that the message names over the other. */
  @Test
  void committedSchemaIsTheOneOfTheDeclaredKeys() throws IOException {
    Path generated = Path.of("target/authgraft.schema.json");
    Files.writeString(generated, SchemaWriter.write(ConfigReader.KEYS));
    assertThat(FILE).hasSameTextualContentAs(generated);
  }

  /** The words of each key are the ones of reference.yml, and so is the default. */
  @Test
  void eachKeyIsDescribedAsInTheReference() throws IOException {
    String reference = Files.readString(EXAMPLES.resolve("reference.yml"));
    String words =
        reference
            .lines()
            .map(
                line ->
                    line.replaceFirst("^ *# (?=(command|file|url|token): )", "")
                        .split("(^|\\s)#\\s?", 2))
            .map(parts -> parts.length < 2 ? "" : parts[1].strip().replaceFirst("^#\\s*", ""))
            .reduce("", (before, after) -> (before + " " + after).strip());
    maps()
        .forEach(
            (map, properties) -> {
              for (String key : names(properties)) {
                JsonNode property = properties.get(key);
                String description = property.path("description").asText();
                assertThat(description).as("%s.%s", map, key).isNotEmpty();
                assertThat(words).as("%s.%s", map, key).contains(description);
                assertThat(reference)
                    .as(key)
                    .containsPattern("(?m)\\b" + key + ":|`" + key + "\\b");
                if (property.has("default")) {
                  assertThat(reference)
                      .as("%s.%s", map, key)
                      .containsPattern(
                          "Default: \\[?\"?" + Pattern.quote(property.get("default").asText()));
                }
              }
            });
  }

  /** Returns the properties of each map, the whole config's under an empty name. */
  private static Map<String, JsonNode> maps() throws IOException {
    Map<String, JsonNode> maps = new LinkedHashMap<>();
    maps.put("", document().get("properties"));
    JsonNode definitions = document().get("$defs");
    for (String name : names(definitions)) maps.put(name, definitions.get(name).path("properties"));
    return maps;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
