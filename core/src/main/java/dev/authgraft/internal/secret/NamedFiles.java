package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.SecretException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a config names, and so decide where secrets go. */
public final class NamedFiles {
  private final Map<Path, SourcePosition> places = new LinkedHashMap<>();

  /** Returns each file with the place that names it first. */
  public Map<Path, SourcePosition> places() {
    return places;
  }

  public void add(SourcePosition place, Path file) {
    places.putIfAbsent(file, place);
  }

  /** Adds what the placeholders of {@code template} come from. */
  public void add(SourcePosition place, Template template) {
    for (Template.Part part : template.parts()) part.addFiles(this, place);
  }

  public void add(SourcePosition place, Path directory, String name) throws SecretException {
    add(place, FileSecrets.resolve(directory, name));
  }

  /** Adds a program, unless it has a bare name, which is looked for in the PATH. */
  public void addProgram(SourcePosition place, Path directory, String program)
      throws SecretException {
    if (program.indexOf('/') >= 0) add(place, directory, program);
  }
}
