package dev.authgraft;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a config names, and so decide where secrets go. */
final class NamedFiles {
  private final Map<Path, Place> places = new LinkedHashMap<>();

  /** Returns each file with the place that names it first. */
  Map<Path, Place> places() {
    return places;
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
