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
 * What the agent was told: {@code key=value} joined by commas, where a path alone is {@code
 * config}.
 *
 * <p>A value goes on to the next comma that a {@code key=} follows, so paths may hold commas and
 * equals signs. Where a key is missing, the system property {@code authgraft.KEY} counts, then the
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

  /** Reads {@code text}, and for what it leaves out the properties and variables of the JVM. */
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

  /** Returns the environment whose file is laid over the config, or null for none. */
  public @Nullable String environment() {
    return environment;
  }

  /** Returns the last level that is logged, or null for none at all. */
  Log.@Nullable Level level() {
    return level;
  }

  /** Returns the file that takes the log, absolute, or null for standard error. */
  @Nullable File logFile() {
    return logFile;
  }

  /** Returns the jars, and the directories of jars, that add to the agent, absolute. */
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

  /** Returns the text that tells an agent in another process, and another directory, the same. */
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

  /* What is no word is no key but the start of a path: /etc/env=prod/authgraft.yml. */
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

  /* Character by character: upper case by locale would turn an i into a dotted one in Turkish. */
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
