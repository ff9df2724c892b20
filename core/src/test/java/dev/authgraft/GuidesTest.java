package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.admin.Inspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The configs that the guides show can be used as they stand. */
final class GuidesTest {
  private static final Path GUIDES = Path.of("../docs/guides");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  @TempDir private Path directory;

  static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(GUIDES)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void configsOfAGuideAreValid(Path guide) throws Exception {
    List<String> configs = new ArrayList<>();
    for (String block : blocks(guide)) {
      for (Map<?, ?> document : documents(block)) {
        if (document.containsKey("rules")) configs.add(block);
        configs.addAll(configsOf(document));
      }
    }
    assertThat(configs).isNotEmpty();
    for (String config : configs) {
      Path file = Configs.write(directory, "authgraft.yml", config);
      try (Inspector inspector = Authgraft.builder(file).inspect()) {
        assertThat(inspector.rules()).isNotEmpty();
        assertThat(inspector.strategies()).isNotEmpty();
        assertThat(inspector.warnings())
            .allMatch(warning -> warning.text().startsWith("missing here: "));
      }
    }
  }

  /**
   * All that a pod mounts or runs is declared, so that the manifest can be applied as it stands.
   */
  @Test
  void thePodOfKubernetesMountsWhatItDeclares() throws Exception {
    List<Map<?, ?>> documents = new ArrayList<>();
    for (String block : blocks(GUIDES.resolve("kubernetes.md"))) documents.addAll(documents(block));
    assertThat(documents)
        .extracting(document -> String.valueOf(document.get("kind")))
        .containsExactly("ConfigMap", "Secret", "Deployment");
    String name = String.valueOf(at(documents.get(0), "metadata", "name"));
    assertThat(at(documents.get(1), "metadata", "name")).isEqualTo(name);
    Object pod = at(documents.get(2), "spec", "template", "spec");
    assertThat(items(at(pod, "volumes")))
        .anySatisfy(volume -> assertThat(at(volume, "configMap", "name")).isEqualTo(name))
        .anySatisfy(volume -> assertThat(at(volume, "secret", "secretName")).isEqualTo(name));
    List<Object> declared = names(items(at(pod, "volumes")));
    for (String kind : List.of("initContainers", "containers")) {
      for (Object container : items(at(pod, kind))) {
        assertThat(names(items(at(container, "volumeMounts")))).isSubsetOf(declared);
        assertThat(items(at(container, "volumeMounts")))
            .as("kubelet does not update a subPath")
            .noneMatch(mount -> ((Map<?, ?>) mount).containsKey("subPath"));
      }
    }
    Object labels = at(documents.get(2), "spec", "selector", "matchLabels");
    assertThat(at(documents.get(2), "spec", "template", "metadata", "labels")).isEqualTo(labels);
  }

  @Test
  void guidesAreShort() throws IOException {
    for (Path guide : guides()) {
      assertThat(Files.readAllLines(guide)).as("%s", guide).hasSizeLessThanOrEqualTo(80);
    }
  }

  private static List<String> blocks(Path guide) throws IOException {
    List<String> blocks =
        YAML.matcher(Files.readString(guide)).results().map((MatchResult r) -> r.group(1)).toList();
    assertThat(blocks).isNotEmpty();
    return blocks;
  }

  /** Returns the maps in {@code block}, which is YAML at least. */
  private static List<Map<?, ?>> documents(String block) {
    List<Map<?, ?>> documents = new ArrayList<>();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    for (Object document : yaml.loadAll(block)) documents.add((Map<?, ?>) document);
    return documents;
  }

  /** Returns the configs in a ConfigMap. */
  private static List<String> configsOf(Map<?, ?> document) {
    List<String> configs = new ArrayList<>();
    if (!"ConfigMap".equals(document.get("kind"))) return configs;
    ((Map<?, ?>) at(document, "data")).values().forEach(text -> configs.add(String.valueOf(text)));
    return configs;
  }

  private static Object at(Object node, String... keys) {
    Object found = node;
    for (String key : keys) {
      assertThat(found).as("what has %s", key).isInstanceOf(Map.class);
      found = ((Map<?, ?>) found).get(key);
    }
    return found;
  }

  private static List<Object> items(Object list) {
    return new ArrayList<>((List<?>) list);
  }

  private static List<Object> names(List<Object> items) {
    return items.stream().map(item -> at(item, "name")).toList();
  }
}
