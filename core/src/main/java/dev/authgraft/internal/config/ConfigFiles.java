package dev.authgraft.internal.config;

import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.FileState;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import dev.authgraft.internal.yaml.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the files of a config: the base, and over it the file of the environment. */
public final class ConfigFiles {
  public static final long LONGEST_BYTES = 2 << 20;

  private final Problems problems;
  private final Time time;
  private final List<String> names = new ArrayList<>();
  private FileState state;
  private final Map<String, String> texts = new HashMap<>();

  ConfigFiles(Problems problems, Time time) {
    this.problems = problems;
    this.time = time;
    this.state = FileState.of(names, time);
  }

  /** Returns the names of the files in the order in which they were read. */
  List<String> names() {
    return names;
  }

  /**
   * Returns the state of the files before they were read, so that a change during the reading is
   * noticed.
   */
  FileState state() {
    return state;
  }

  /** Returns the text of the file {@code name}, or null if it could not be read. */
  @Nullable String text(String name) {
    return texts.get(name);
  }

  /** Returns the text of a file as it is now, or null if it cannot be read. */
  public static @Nullable String read(String name) {
    try {
      return text(Paths.get(name), Time.SYSTEM);
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the config, or null if it cannot be read; the problems say why. */
  @Nullable ConfigNode read(Path base, @Nullable String environment) {
    String laidOver = environment == null ? "" : environment;
    Path overlay = laidOver.isEmpty() ? null : overlay(base, laidOver);
    names.add(base.toString());
    if (overlay != null) names.add(overlay.toString());
    state = FileState.of(names, time);
    ConfigNode root = readFile(base, () -> "write it, or name another one");
    if (laidOver.isEmpty()) return root;
    if (overlay == null) {
      problems.add(
          SourcePosition.ofFile(base.toString()),
          "the environment '" + laidOver + "' cannot be part of a file name");
      return null;
    }
    // A missing overlay is taken for a mistake: the base alone could send logins to another system.
    ConfigNode over =
        readFile(
            overlay,
            () ->
                "write it for the environment '"
                    + laidOver
                    + "', or leave env= out"
                    + environments(base, laidOver));
    return root == null || over == null ? null : root.overlaidWith(over);
  }

  /** Returns {@code authgraft-prod.yml} for {@code authgraft.yml} and {@code prod}. */
  static @Nullable Path overlay(Path base, String environment) {
    for (int i = 0; i < environment.length(); i++) {
      char c = environment.charAt(i);
      if (!Character.isLetterOrDigit(c) && "._-".indexOf(c) < 0) return null;
    }
    Path name = base.getFileName();
    if (name == null) return null;
    String text = name.toString();
    int dot = text.lastIndexOf('.');
    String stem = dot <= 0 ? text : text.substring(0, dot);
    String extension = dot <= 0 ? "" : text.substring(dot);
    return base.resolveSibling(stem + "-" + environment + extension);
  }

  /** Returns the existing environments, the one that was probably meant first. */
  private static String environments(Path base, String environment) {
    Path directory = base.toAbsolutePath().getParent();
    Path start = overlay(base, "");
    List<String> found = new ArrayList<>();
    if (directory == null || start == null) return "";
    String name = String.valueOf(start.getFileName());
    int dot = name.lastIndexOf('.');
    String before = dot < 0 ? name : name.substring(0, dot);
    String after = dot < 0 ? "" : name.substring(dot);
    String[] files = directory.toFile().list();
    for (String file : files == null ? new String[0] : files) {
      if (!file.startsWith(before) || !file.endsWith(after)) continue;
      if (file.length() <= name.length()) continue;
      found.add(file.substring(before.length(), file.length() - after.length()));
    }
    Collections.sort(found);
    if (found.isEmpty()) return "; there is none beside " + base.getFileName();
    String among = String.join(", ", found);
    return "; there is " + among + Suggestion.among(environment, found);
  }

  /**
   * @param remedy for the message if there is no such file
   */
  private @Nullable ConfigNode readFile(Path file, Supplier<String> remedy) {
    String name = file.toString();
    String text;
    try {
      text = text(file, time);
    } catch (NoSuchFileException e) {
      problems.add(SourcePosition.ofFile(name), "does not exist (" + remedy.get() + ")");
      return null;
    } catch (AccessDeniedException e) {
      problems.add(
          SourcePosition.ofFile(name),
          "may not be read by this user (change its owner or its permissions)");
      return null;
    } catch (CharacterCodingException e) {
      problems.add(SourcePosition.ofFile(name), "is not UTF-8 (save it as UTF-8)");
      return null;
    } catch (IOException e) {
      problems.add(SourcePosition.ofFile(name), "cannot be read: " + e.getMessage());
      return null;
    }
    texts.put(name, text);
    ConfigNode root = YamlReader.read(name, text, problems);
    if (root == null || root.kind == ConfigNode.Kind.MAP) return root;
    problems.add(
        root.position,
        "must be a map of keys, not "
            + root.kindName()
            + " (write at least `strategies:` and"
            + " `rules:`)");
    return null;
  }

  private static String text(Path file, Time time) throws IOException {
    byte[] bytes = FileAccess.within(time, file, () -> bytes(file));
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /* Not by its size: a pipe or a device has none. */
  private static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) throw new IOException("it is a directory");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        bytes.write(buffer, 0, count);
        if (bytes.size() > LONGEST_BYTES) throw new IOException("it is larger than 2 MiB");
      }
    }
    return bytes.toByteArray();
  }
}
