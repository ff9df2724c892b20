package dev.authgraft;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        return value;
      };

  /** {@code ${sys:PROPERTY}}: a system property. */
  SecretSource SYSTEM_PROPERTY =
      name -> {
        String value = System.getProperty(name);
        if (value == null) throw new IOException("system property " + name + " is not set");
        return value;
      };

  /** {@code ${file:PATH}}: a file in UTF-8, one trailing newline dropped. */
  static SecretSource files(File directory) {
    return name -> {
      File file = new File(name);
      return readFile((file.isAbsolute() ? file : new File(directory, name)).toPath());
    };
  }

  /** Returns the text of {@code file} without one trailing newline. */
  static String readFile(Path file) throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("file " + file + " does not exist");
    } catch (IOException e) {
      throw new IOException("file " + file + " cannot be read: " + e.getMessage());
    }
    if (text.endsWith("\r\n")) return text.substring(0, text.length() - 2);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
