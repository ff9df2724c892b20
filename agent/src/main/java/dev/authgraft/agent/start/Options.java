package dev.authgraft.agent.start;

import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.spi.Log;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The agent's options: {@code key=value} pairs separated by commas; a path alone is the value of
 * {@code config}.
 *
 * <p>A value ends at the next comma that is followed by {@code key=}, so paths may contain commas
 * and equals signs. For a missing key, the system property {@code authgraft.KEY} is used, then the
 * environment variable {@code AUTHGRAFT_KEY}.
 */
public final class Options {
  private static final String[] KEYS = {
    "config", "env", "extensions", "log", "log-file", "observe", "on-bad-config"
  };
  private static final String[] LEVELS = {"off", "error", "warn", "info", "debug"};
  private static final String[] OBSERVE = {"true", "false"};
  private static final String[] ON_BAD_CONFIG = {"stop", "run"};

  private final File config;
  private final @Nullable String environment;
  private final Log.@Nullable Level level;
  private final @Nullable File logFile;
  private final List<File> extensions = new ArrayList<>();
  private final boolean observe;
  private final boolean runOnBadConfig;

  /** Parses {@code text}; for missing keys, uses the JVM's system properties and environment. */
  public static Options of(@Nullable String text) throws OptionsException {
    return new Options(
        text, System.getProperties(), System.getenv(), System.getProperty("user.dir", ""));
  }

  Options(
      @Nullable String text, Properties properties, Map<String, String> variables, String directory)
      throws OptionsException {
    Map<String, String> values = parse(text == null ? "" : text);
    for (String key : KEYS) {
      if (values.containsKey(key)) continue;
      String value = properties.getProperty("authgraft." + key);
      if (value == null || value.isEmpty()) value = variables.get(variable(key));
      if (value != null && !value.isEmpty()) values.put(key, value);
    }
    String file = values.get("config");
    config = absolute(file == null ? "authgraft.yml" : file, directory);
    environment = values.get("env");
    level = level(oneOf("log", values.get("log"), "info", LEVELS));
    String log = values.get("log-file");
    logFile = log == null ? null : absolute(log, directory);
    String paths = values.get("extensions");
    if (paths != null) {
      for (String path : paths.split(File.pathSeparator)) {
        if (!path.isEmpty()) extensions.add(absolute(path, directory));
      }
    }
    observe = oneOf("observe", values.get("observe"), "false", OBSERVE).equals("true");
    String onBadConfig = oneOf("on-bad-config", values.get("on-bad-config"), "stop", ON_BAD_CONFIG);
    runOnBadConfig = onBadConfig.equals("run");
  }

  /** Returns the config file, absolute. */
  public File config() {
    return config;
  }

  /** Returns why the config cannot be read, or null if it can. */
  public @Nullable String whyUnreadable() {
    if (!config.exists()) return "config file not found: " + config;
    try {
      new FileInputStream(config).close();
      return null;
    } catch (IOException e) { // its message names the file and the reason
      return "config file cannot be read: " + e.getMessage();
    }
  }

  /** Returns the environment whose file overrides the config, or null for none. */
  public @Nullable String environment() {
    return environment;
  }

  /** Returns the most detailed level that is logged, or null if nothing is logged. */
  Log.@Nullable Level level() {
    return level;
  }

  /** Returns the absolute path of the log file, or null for standard error. */
  @Nullable File logFile() {
    return logFile;
  }

  /** Returns the absolute paths of extension jars and of directories of such jars. */
  List<File> extensions() {
    return extensions;
  }

  /** Returns whether nothing is applied, whatever the config says. */
  boolean observe() {
    return observe;
  }

  /** Returns whether all that {@code later} wants from the start is so with these. */
  boolean covers(Options later) {
    boolean sameJars = later.extensions.isEmpty() || later.extensions.equals(extensions);
    return sameJars && (observe || !later.observe);
  }

  /** Returns whether the program runs without authentication if the config cannot be used. */
  boolean runOnBadConfig() {
    return runOnBadConfig;
  }

  /** Returns these options as text for an agent in another process and directory. */
  public String text() {
    StringBuilder text = new StringBuilder("config=").append(config);
    if (environment != null) text.append(",env=").append(environment);
    text.append(",log=").append(level == null ? "off" : level.name().toLowerCase(Locale.ROOT));
    if (logFile != null) text.append(",log-file=").append(logFile);
    if (!extensions.isEmpty()) {
      text.append(",extensions=");
      for (int i = 0; i < extensions.size(); i++) {
        text.append(i == 0 ? "" : File.pathSeparator).append(extensions.get(i));
      }
    }
    if (observe) text.append(",observe=true");
    return text.toString();
  }

  private static Map<String, String> parse(String text) throws OptionsException {
    Map<String, String> values = new HashMap<>();
    String key = "config";
    for (int start = 0; start < text.length(); ) {
      int comma = text.indexOf(',', start);
      String piece = text.substring(start, comma < 0 ? text.length() : comma);
      int equals = piece.indexOf('=');
      if (equals > 0 && isWord(piece, equals)) {
        key = known(piece.substring(0, equals));
        if (values.put(key, piece.substring(equals + 1)) != null) {
          throw new OptionsException("option " + key + " is given twice");
        }
      } else {
        String before = values.get(key);
        values.put(key, before == null ? piece : before + "," + piece);
      }
      start = comma < 0 ? text.length() : comma + 1;
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (value.getValue().isEmpty()) {
        throw new OptionsException("option " + value.getKey() + " has no value");
      }
    }
    return values;
  }

  /* Only a word can be a key. In /etc/env=prod/authgraft.yml the equals sign is part of a path. */
  private static boolean isWord(String piece, int end) {
    for (int at = 0; at < end; at++) {
      char c = piece.charAt(at);
      if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') return false;
    }
    return true;
  }

  private static String known(String key) throws OptionsException {
    for (String candidate : KEYS) if (candidate.equals(key)) return candidate;
    throw new OptionsException(
        "unknown option: " + key + Suggestion.amongOrAll(key, Arrays.asList(KEYS)));
  }

  private static String oneOf(String key, @Nullable String value, String otherwise, String[] values)
      throws OptionsException {
    if (value == null) return otherwise;
    for (String candidate : values) if (candidate.equals(value)) return candidate;
    throw new OptionsException(
        "unknown value of option "
            + key
            + ": "
            + value
            + Suggestion.amongOrAll(value, Arrays.asList(values)));
  }

  private static Log.@Nullable Level level(String name) {
    for (Log.Level level : Log.Level.values()) {
      if (level.name().equalsIgnoreCase(name)) return level;
    }
    return null;
  }

  /* Character by character, because upper case in a Turkish locale turns i into a dotted I. */
  private static String variable(String key) {
    StringBuilder name = new StringBuilder("AUTHGRAFT_");
    for (int at = 0; at < key.length(); at++) {
      char c = key.charAt(at);
      name.append(c == '-' ? '_' : Character.toUpperCase(c));
    }
    return name.toString();
  }

  private static File absolute(String path, String directory) {
    File file = new File(path);
    return file.isAbsolute() ? file : new File(directory, path);
  }
}
