package dev.authgraft;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that decide where secrets go: what a config names, and that config itself. */
final class NamedFiles {
  private final Map<Path, Place> places = new LinkedHashMap<>();

  private NamedFiles() {}

  /**
   * Returns each file with the place that names it first.
   *
   * @param extensions the jars whose code reads secrets as well
   */
  static Map<Path, Place> of(Config config, List<Path> extensions) {
    NamedFiles files = new NamedFiles();
    for (String file : config.files()) files.add(Place.ofFile(file), Paths.get(file));
    Place whole = Place.ofFile(config.files().get(0));
    for (Path jar : extensions) files.add(whole, jar);
    config.context().http().addFiles(files, whole);
    for (Strategy strategy : config.strategies().values()) {
      for (Template template : strategy.secrets()) files.add(template.place(), template);
      CodeSource code = strategy.code();
      if (code != null) code.addFiles(files);
    }
    return files.places;
  }

  void add(Place place, Path file) {
    places.putIfAbsent(file, place);
  }

  /** Adds what the placeholders of {@code template} come from. */
  void add(Place place, Template template) {
    for (Template.Part part : template.parts()) part.addFiles(this, place);
  }

  void add(Place place, Path directory, String name) throws SecretException {
    add(place, FileSecrets.resolve(directory, name));
  }

  /** Adds a program, unless it has a bare name, which is looked for in the PATH. */
  void addProgram(Place place, Path directory, String program) throws SecretException {
    if (program.indexOf('/') >= 0) add(place, directory, program);
  }
}
