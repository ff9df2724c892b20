package dev.authgraft.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** Finds files that every user of this machine can change or replace. */
final class WritableFiles {
  /** The mode bit of directories in which only the owner of a file can replace it (chmod(2)). */
  private static final int STICKY = 01000;

  private WritableFiles() {}

  /**
   * Returns the problem and its remedy if all users can write or replace {@code file}. Returns null
   * if only its owner and group can, if there is no such file, or if the system has no POSIX
   * permissions.
   */
  static @Nullable String problem(Path file) {
    try {
      Path real = file.toRealPath();
      if (isWritable(real)) {
        String named =
            file.equals(real) ? "" : " " + real; // The message already names the file itself.
        return "can be written by everybody on this machine (chmod o-w" + named + ")";
      }
      String replaced = replaceable(real.getParent());
      return replaced != null ? replaced : replaceable(file.toAbsolutePath().getParent());
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return null; // A missing file is reported elsewhere.
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
