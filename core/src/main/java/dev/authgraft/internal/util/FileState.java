package dev.authgraft.internal.util;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What tells one version of a config's files from another. Links are followed. Immutable. */
public final class FileState {
  private final List<String> names;
  private final List<String> states = new ArrayList<>();
  private final List<Long> modified = new ArrayList<>();

  private FileState(List<String> names, Time time) {
    this.names = Collections.unmodifiableList(new ArrayList<>(names));
    for (String name : names) {
      try {
        Path file = Paths.get(name);
        BasicFileAttributes now =
            FileAccess.within(
                time, file, () -> Files.readAttributes(file, BasicFileAttributes.class));
        states.add(now.lastModifiedTime() + "/" + now.size() + "/" + now.fileKey());
        modified.add(now.lastModifiedTime().toMillis());
      } catch (IOException e) {
        states.add("missing"); // or out of reach, which is a change, too
      }
    }
  }

  /** Returns the state of the files {@code names} as they are now. */
  public static FileState of(List<String> names, Time time) {
    return new FileState(names, time);
  }

  public List<String> names() {
    return names;
  }

  /**
   * Returns whether one of the files was written within {@code millis} of {@code now}: then it may
   * be half written.
   */
  public boolean isWrittenWithin(long millis, long now) {
    for (long written : modified) if (Math.abs(now - written) < millis) return true;
    return false;
  }

  public boolean isSameAs(FileState other) {
    return names.equals(other.names) && states.equals(other.states);
  }
}
