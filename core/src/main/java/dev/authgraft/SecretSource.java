package dev.authgraft;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a kind of placeholder is read from, anew each time. Remembers nothing. */
interface SecretSource {
  /**
   * Returns the value of {@code name}; it may be empty.
   *
   * @throws IOException if there is none; the message says what is missing and names no value
   */
  String read(String name) throws IOException;

  /** {@code ${env:NAME}}: an environment variable. */
  SecretSource ENVIRONMENT =
      name -> {
        String value = System.getenv(name);
        if (value == null) throw new IOException("environment variable " + name + " is not set");
        return intact(value, "environment variable " + name);
      };

  /** {@code ${sys:PROPERTY}}: a system property. */
  SecretSource SYSTEM_PROPERTY =
      name -> {
        String value = System.getProperty(name);
        if (value == null) throw new IOException("system property " + name + " is not set");
        return intact(value, "system property " + name);
      };

  /** Returns {@code value} unless the JVM has replaced a letter that its locale does not know. */
  static String intact(String value, String title) throws IOException {
    if (value.indexOf('\ufffd') < 0) return value;
    // Sent as it is, it would be a wrong password, until the account is locked.
    throw new IOException(
        title
            + " holds a letter that the JVM's locale cannot read (set LC_ALL=C.UTF-8, or use a file)");
  }

  /** {@code ${file:PATH}}: a file in UTF-8, one trailing newline dropped. */
  static SecretSource files(File directory) {
    return name -> {
      File file = new File(name);
      try {
        return readFile((file.isAbsolute() ? file : new File(directory, name)).toPath());
      } catch (InvalidPathException e) {
        // A zero character; or a letter that the JVM's locale cannot put into a file name.
        throw new IOException("file " + name + " cannot be named on this system");
      }
    };
  }

  /** Returns the text of {@code file} without one trailing newline. */
  static String readFile(Path file) throws IOException {
    String text;
    try {
      // A letter that was replaced would be a wrong password, sent until the account is locked.
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("file " + file + " is not UTF-8 (save it as UTF-8)");
    } catch (NoSuchFileException e) {
      throw new IOException("file " + file + " does not exist");
    } catch (IOException e) {
      throw new IOException("file " + file + " cannot be read: " + e.getMessage());
    }
    if (text.endsWith("\r\n")) return text.substring(0, text.length() - 2);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
