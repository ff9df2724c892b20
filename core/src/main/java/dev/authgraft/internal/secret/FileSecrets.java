package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * {@code ${file:PATH}}: a file in UTF-8, one trailing newline dropped. Reading is quick unless the
 * file system hangs, so it is read each time, on one of Authgraft's threads.
 */
public final class FileSecrets implements SecretSource {
  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public String read(String name, SecretSettings settings) throws SecretException {
    return read(ConfiguredSourceSettings.timeOf(settings), resolve(settings.directory(), name));
  }

  /** Returns the file {@code name}, relative to {@code directory} if it is not absolute. */
  public static Path resolve(Path directory, String name) throws SecretException {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      // A zero character; or a letter that the JVM's locale cannot put into a file name.
      throw new SecretException("file " + name + " cannot be named on this system");
    }
  }

  /** Returns the text of {@code file} without one trailing newline. */
  public static String read(Time time, Path file) throws SecretException {
    try {
      byte[] read =
          FileAccess.guarded(
              time,
              file,
              () -> {
                try (InputStream in = Files.newInputStream(file)) {
                  return bytes(in, "file " + file);
                }
              });
      return text(read, "file " + file);
    } catch (SecretException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new SecretException("file " + file + " does not exist");
    } catch (IOException e) {
      throw new SecretException("file " + file + " cannot be read: " + e.getMessage());
    }
  }

  private static byte[] bytes(InputStream in, String title) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count; (count = in.read(buffer)) >= 0; ) {
      bytes.write(buffer, 0, count);
      if (bytes.size() > SecretLookup.MOST_BYTES) {
        throw new SecretException(title + " is longer than a secret can be, 64 KiB");
      }
    }
    return bytes.toByteArray();
  }

  /** Returns UTF-8 as text, without one trailing newline. */
  static String text(byte[] utf8, String title) throws SecretException {
    String text;
    try {
      // A letter that was replaced would be a wrong password, sent until the account is locked.
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
    } catch (CharacterCodingException e) {
      throw new SecretException(title + " is not UTF-8 (save it as UTF-8)");
    }
    if (text.endsWith("\r\n")) return text.substring(0, text.length() - 2);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
