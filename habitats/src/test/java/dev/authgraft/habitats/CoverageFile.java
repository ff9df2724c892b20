package dev.authgraft.habitats;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What JaCoCo writes: blocks that begin with a byte which says what they are. */
final class CoverageFile {
  private static final int HEADER = 0x01;
  private static final int SESSION = 0x10;
  private static final int CLASS = 0x11;

  private CoverageFile() {}

  /** Returns the classes that something of was run, by internal name, with their identity. */
  static Map<String, Long> classes(Path file) throws IOException {
    Map<String, Long> classes = new HashMap<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (int block; (block = in.read()) >= 0; ) {
        switch (block) {
          case HEADER -> in.readInt();
          case SESSION -> {
            in.readUTF();
            in.readLong();
            in.readLong();
          }
          case CLASS -> {
            long identity = in.readLong();
            classes.put(in.readUTF(), identity);
            in.skipNBytes((probes(in) + 7) / 8);
          }
          default -> throw new IOException("unknown block " + block);
        }
      }
    }
    return classes;
  }

  /* Seven bits a byte, the lowest first; the eighth says that there are more. */
  private static int probes(DataInputStream in) throws IOException {
    int count = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      count |= (next & 0x7f) << shift;
      if ((next & 0x80) == 0) return count;
    }
  }
}
