package dev.authgraft.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** Finds files that every user of this machine can change or replace. */
final class WritableFiles {
  /** In such a directory only its owner replaces a file (chmod(2)). */
  private static final int STICKY = 01000;

  private WritableFiles() {}

  /**
   * Returns what everybody can do with {@code file} and how to end it, or null where only its owner
   * and group can, there is no such file, or the system has no such permissions.
   */
  static @Nullable String problem(Path file) {
    try {
      Path real = file.toRealPath();
      if (isWritable(real)) {
        String named = file.equals(real) ? "" : " " + real; // Its own name need not be said twice.
        return "can be written by everybody on this machine (chmod o-w" + named + ")";
      }
      String replaced = replaceable(real.getParent());
      return replaced != null ? replaced : replaceable(file.toAbsolutePath().getParent());
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return null; // A file that is missing has a problem of its own.
    }
  }

  private static @Nullable String replaceable(@Nullable Path directory) throws IOException {
    if (directory == null || !isWritable(directory)) return null;
    if (((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0) return null;
    return "can be replaced by everybody on this machine, who may write into its directory"
        + " (chmod o-w "
        + directory
        + ")";
  }

  private static boolean isWritable(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
  }
}
