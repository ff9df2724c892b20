package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.SecretException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a config names, and so decide where secrets go. */
public final class NamedFiles {
  private final Map<Path, SourcePosition> positions = new LinkedHashMap<>();

  /** Returns each file with the place that names it first. */
  public Map<Path, SourcePosition> positions() {
    return positions;
  }

  public void add(SourcePosition position, Path file) {
    positions.putIfAbsent(file, position);
  }

  /** Adds what the placeholders of {@code template} come from. */
  public void add(SourcePosition position, Template template) {
    for (Template.Part part : template.parts()) part.addFiles(this, position);
  }

  public void add(SourcePosition position, Path directory, String name) throws SecretException {
    add(position, FileSecrets.resolve(directory, name));
  }

  /** Adds a program, unless it has a bare name, which is looked for in the PATH. */
  public void addProgram(SourcePosition position, Path directory, String program)
      throws SecretException {
    if (program.indexOf('/') >= 0) add(position, directory, program);
  }
}
