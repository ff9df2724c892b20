package dev.authgraft;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Loads a config for the problems that it has. */
abstract class ConfigProblemsFixture {
  @TempDir Path directory;

  /** Returns the problems of a config, without the directory. */
  List<String> problems(String yaml) {
    return problems(yaml, null);
  }

  List<String> problems(String yaml, String environment) {
    Path file = Configs.write(directory, "authgraft.yml", yaml);
    try {
      Authgraft.builder(file).environment(environment).load().close();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.toString().replace(directory + "/", ""))
          .toList();
    }
  }

  static final String RULES = "rules: [{host: a.example, strategy: none}]\n";
}
