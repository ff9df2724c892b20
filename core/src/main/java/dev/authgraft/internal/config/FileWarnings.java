package dev.authgraft.internal.config;

import dev.authgraft.internal.login.OneTimeCodeSource;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.secret.NamedFiles;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;

/**
 * Warnings about the files that a config names, and about its own: a user who can write one of them
 * decides where the secrets go.
 */
final class FileWarnings {
  private final Config config;
  private final WarningList found;

  FileWarnings(Config config, WarningList found) {
    this.config = config;
    this.found = found;
  }

  /**
   * Adds a warning for each file that all users of this machine can write.
   *
   * @param extensions the jars that the config is used with
   */
  void addAll(List<Path> extensions) {
    files(extensions)
        .positions()
        .forEach(
            (file, position) -> {
              String problem = WritableFiles.problem(file);
              if (problem == null) return;
              // The warning begins with the name of the config, which is not repeated.
              Path named = Paths.get(position.problem("").file());
              boolean own = named.toAbsolutePath().equals(file.toAbsolutePath());
              found.add(position, (own ? "this file" : file) + " " + problem);
            });
  }

  private NamedFiles files(List<Path> extensions) {
    NamedFiles files = new NamedFiles();
    for (String file : config.files()) files.add(SourcePosition.ofFile(file), Paths.get(file));
    SourcePosition whole = SourcePosition.ofFile(config.files().get(0));
    for (Path jar : extensions) files.add(whole, jar);
    config.context().http().addFiles(files, whole);
    for (Strategy strategy : config.strategies().values()) {
      for (Template template : strategy.secrets()) files.add(template.position(), template);
      OneTimeCodeSource code = strategy.code();
      if (code != null) code.addFiles(files);
    }
    return files;
  }
}
