package dev.authgraft.agent.launcher;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/*
 * An open file handle is not enough, because a file that is overwritten in place changes under it.
 * java.util.zip can read only files, or streams from their beginning.
 */
/** The entries of a jar as they were when it was read. Later changes of the file have no effect. */
final class JarContent {
  private static final int END_SIGNATURE = 0x06054b50; // APPNOTE.TXT of ZIP, section 4.3.16
  private static final int END_SIZE = 22;
  private static final int ENTRY_SIGNATURE = 0x02014b50; // 4.3.12
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL_SIZE = 30; // 4.3.7

  private final File jar;
  private final byte[] bytes;

  /** A hash table of offsets into the central directory, by entry name; 0 marks a free slot. */
  private final int[] table;

  private JarContent(File jar, byte[] bytes) throws IOException {
    this.jar = jar;
    this.bytes = bytes;
    int end = end();
    int count = u16(end + 10);
    table = new int[Integer.highestOneBit(Math.max(count, 1)) * 4];
    int at = end - i32(end + 12);
    for (int i = 0; i < count; i++) {
      if (at < 0 || at + ENTRY_SIZE > end || i32(at) != ENTRY_SIGNATURE) throw broken();
      add(at);
      at += ENTRY_SIZE + u16(at + 28) + u16(at + 30) + u16(at + 32);
    }
  }

  /** Reads the whole of {@code jar}. */
  static JarContent read(File jar) throws IOException {
    try (InputStream in = new FileInputStream(jar)) {
      byte[] bytes = new byte[(int) jar.length()];
      for (int at = 0; at < bytes.length; ) {
        int count = in.read(bytes, at, bytes.length - at);
        if (count < 0) throw new IOException(jar + " became shorter while it was read");
        at += count;
      }
      return new JarContent(jar, bytes);
    }
  }

  boolean contains(String path) {
    return find(path) != 0;
  }

  /** Returns the content of the entry {@code path}, or null if there is none. */
  byte @Nullable [] read(String path) throws IOException {
    int entry = find(path);
    if (entry == 0) return null;
    int method = u16(entry + 10);
    int size = i32(entry + 20);
    byte[] content = new byte[i32(entry + 24)];
    int local = i32(entry + 42);
    int from = local + LOCAL_SIZE + u16(local + 26) + u16(local + 28);
    if (method == 0) System.arraycopy(bytes, from, content, 0, content.length);
    else inflate(from, size, content);
    return content;
  }

  private void inflate(int from, int size, byte[] content) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, size);
      for (int at = 0; at < content.length; ) {
        int count = inflater.inflate(content, at, content.length - at);
        if (count == 0) throw broken();
        at += count;
      }
    } catch (DataFormatException e) {
      throw broken();
    } finally {
      inflater.end();
    }
  }

  /** Returns the offset of the end-of-central-directory record, which a comment may follow. */
  private int end() throws IOException {
    for (int at = bytes.length - END_SIZE; at >= 0; at--) {
      if (i32(at) == END_SIGNATURE) return at;
    }
    throw broken();
  }

  private void add(int entry) {
    int length = u16(entry + 28);
    int hash = length;
    for (int at = first(length); at < last(length); at++) {
      hash = hash * 31 + bytes[entry + ENTRY_SIZE + at];
    }
    int place = place(hash);
    while (table[place] != 0) place = place + 1 & table.length - 1;
    table[place] = entry;
  }

  private int find(String path) {
    int length = path.length();
    int hash = length;
    for (int at = first(length); at < last(length); at++) hash = hash * 31 + path.charAt(at);
    for (int place = place(hash); table[place] != 0; place = place + 1 & table.length - 1) {
      if (isNamed(table[place], path)) return table[place];
    }
    return 0;
  }

  /*
   * The directory is read before main, by the interpreter. To save time, the hash covers only the
   * part of a name that differs most: the eight characters before ".classdata".
   */
  private static int first(int length) {
    return Math.max(0, length - 18);
  }

  private static int last(int length) {
    return Math.max(0, length - 10);
  }

  private int place(int hash) {
    return (hash ^ hash >>> 15) & table.length - 1;
  }

  private boolean isNamed(int entry, String path) {
    int length = path.length();
    if (u16(entry + 28) != length) return false;
    for (int at = 0; at < length; at++) {
      if (bytes[entry + ENTRY_SIZE + at] != path.charAt(at)) return false;
    }
    return true;
  }

  private int u16(int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  private int i32(int at) {
    return u16(at) | u16(at + 2) << 16;
  }

  private ZipException broken() {
    return new ZipException(jar + " is not a jar that can be read");
  }
}
