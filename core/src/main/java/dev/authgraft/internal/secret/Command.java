package dev.authgraft.internal.secret;

import dev.authgraft.spi.SecretException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Runs a program, without a shell, for what it prints. */
public final class Command {
  private static final String NULL_FILE =
      System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null";

  private Command() {}

  /**
   * Returns the words of {@code text}: what white space separates. Quotes, single or double, keep
   * the white space between them and are dropped; nothing else has a meaning.
   *
   * @throws SecretException if there is no word, or a quote is not closed
   */
  public static List<String> words(String text) throws SecretException {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) words.add(word.toString());
        word = null;
        continue;
      }
      if (word == null) word = new StringBuilder();
      if (quote == 0 && (c == '\'' || c == '"')) quote = c;
      else if (c == quote) quote = 0;
      else word.append(c);
    }
    if (quote != 0) throw new SecretException("a quote of the command is not closed: add " + quote);
    if (word != null) words.add(word.toString());
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new SecretException("the command names no program");
    }
    return words;
  }

  /**
   * Runs {@code words} and returns what it prints on standard output, at most 64 KiB. What it
   * prints on standard error is dropped, and its standard input is empty.
   *
   * @param title names the program in messages, which hold none of its arguments and no output
   * @param over asked repeatedly; once it answers true, the program and the processes it has
   *     started are ended
   * @throws InterruptedIOException if it took too long
   * @throws IOException if it cannot be run, fails or prints too much
   */
  public static byte[] run(List<String> words, String title, File directory, BooleanSupplier over)
      throws IOException, InterruptedException {
    Process process = start(words, title, directory);
    try {
      process.getOutputStream().close();
      byte[] printed = output(process, title, over);
      if (process.exitValue() != 0) {
        throw new IOException(title + " ended with status " + process.exitValue());
      }
      return printed;
    } finally {
      if (process.isAlive()) destroy(process);
    }
  }

  private static Process start(List<String> words, String title, File directory)
      throws IOException {
    try {
      return new ProcessBuilder(words)
          .directory(directory)
          .redirectError(ProcessBuilder.Redirect.to(new File(NULL_FILE)))
          .start();
    } catch (IOException e) {
      // The JVM's message repeats every word, secrets among them.
      throw new IOException("cannot run " + title + " (is it there, and executable?)");
    }
  }

  /** Returns what the process prints, polled: reading a pipe has no time limit of its own. */
  private static byte[] output(Process process, String title, BooleanSupplier over)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[SecretLookup.MOST_BYTES + 1];
    int length = 0;
    InputStream from = process.getInputStream();
    while (true) {
      boolean ended = process.waitFor(10, TimeUnit.MILLISECONDS);
      while (length < buffer.length && from.available() > 0) {
        int read = from.read(buffer, length, Math.min(from.available(), buffer.length - length));
        if (read < 0) break;
        length += read;
      }
      if (length == buffer.length) throw new IOException(title + " prints more than 64 KiB");
      if (ended) return Arrays.copyOf(buffer, length);
      if (over.getAsBoolean()) throw new InterruptedIOException(title + " took too long");
    }
  }

  /*
   * The processes that a script has started would go on, with a pipe that nobody reads. Java 8
   * cannot list them.
   */
  private static void destroy(Process process) {
    try {
      Class<?> handle = Class.forName("java.lang.ProcessHandle");
      Object descendants = Process.class.getMethod("descendants").invoke(process);
      for (Object each : ((Stream<?>) descendants).toArray()) {
        handle.getMethod("destroyForcibly").invoke(each);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The process itself is ended in any case.
    }
    process.destroyForcibly();
  }
}
