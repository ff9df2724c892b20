package dev.authgraft.agent.hook;

import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.spi.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the agent hooks, and the clients that it reports as not served. Each client
 * module brings its rows in {@code META-INF/authgraft/hooks}; the agent's jar has all of them in
 * one file. Safe for use by several threads.
 *
 * <p>A row is a list of words separated by blanks, with internal names of classes:
 *
 * <pre>
 * client NAME                the client of the hooks that follow: a word of agent: {clients: …}
 * hook OWNER METHOD[?] argument|indexed-argument|around [+end] TYPE-OR-DESCRIPTOR HOOK
 * open PACKAGE                a package of the JDK, with dots, that hooks use by reflection
 * renamed SUFFIX              the end of a class name that betrays a copy with renamed packages
 * unserved LEVEL CLASS NAME…[; REMEDY…]
 *                             a client that is not served, the level at which to log that, and
 *                             what to do
 * # a comment
 * </pre>
 */
public final class HookTable {
  private static final String ENTRY = "authgraft/hooks/table";
  private static final HookPoint[] NONE = {};

  private final Map<String, HookPoint[]> byOwner = new HashMap<>();
  private final Map<String, HookPoint[]> byClassName = new HashMap<>();
  private final Map<String, UnservedClient> unserved = new HashMap<>();
  private final Map<String, String> clients = new HashMap<>();
  private final List<String> opened = new ArrayList<>();
  private final String[] owners;
  private final String[] classNames;
  private final String[] renamed;
  private final String[] renamedClassNames;

  /** The client of the hooks that follow while the rows are read. */
  private @Nullable String client;

  private HookTable(String text) {
    List<String> suffixes = new ArrayList<>();
    int number = 0;
    for (StringTokenizer lines = new StringTokenizer(text, "\r\n"); lines.hasMoreTokens(); ) {
      number++;
      String line = lines.nextToken();
      StringTokenizer words = new StringTokenizer(line);
      if (!words.hasMoreTokens() || line.charAt(0) == '#') continue;
      try {
        read(words, suffixes);
      } catch (RuntimeException e) { // NoSuchElementException, or an unknown word
        throw new IllegalArgumentException("row " + number + " of the hook table: " + line, e);
      }
    }
    owners = byOwner.keySet().toArray(new String[0]);
    classNames = byClassName.keySet().toArray(new String[0]);
    renamed = suffixes.toArray(new String[0]);
    renamedClassNames = new String[renamed.length];
    for (int i = 0; i < renamed.length; i++) renamedClassNames[i] = dotted(renamed[i]);
  }

  /**
   * Returns the table in the agent's jar.
   *
   * @throws IOException if the jar has none
   */
  public static HookTable read(AgentLoader loader) throws IOException {
    byte[] bytes = loader.read(ENTRY);
    if (bytes == null) throw new IOException("the agent's jar holds no table of hooks");
    return of(new String(bytes, "UTF-8"));
  }

  /** Returns the table of these rows. */
  static HookTable of(String text) {
    return new HookTable(text);
  }

  private void read(StringTokenizer words, List<String> suffixes) {
    String row = words.nextToken();
    if (row.equals("client")) {
      client = words.nextToken();
    } else if (row.equals("hook")) {
      addHook(words);
    } else if (row.equals("open")) {
      opened.add(words.nextToken());
    } else if (row.equals("renamed")) {
      suffixes.add(words.nextToken());
    } else if (row.equals("unserved")) {
      Log.Level level = Log.Level.valueOf(words.nextToken());
      String type = words.nextToken();
      UnservedClient one = UnservedClient.of(type, words.nextToken("").trim(), level);
      unserved.put(type, one);
      unserved.put(dotted(type), one);
    } else {
      throw new IllegalArgumentException(row);
    }
  }

  private void addHook(StringTokenizer words) {
    String owner = words.nextToken();
    String method = words.nextToken();
    HookPoint.Kind kind = kind(words.nextToken());
    String type = words.nextToken();
    boolean endsToo = type.equals("+end");
    if (endsToo) type = words.nextToken();
    String hook = words.nextToken();
    if (client == null) throw new IllegalArgumentException("a hook before the first client");
    clients.put(hook, client);
    HookPoint[] before = byOwner.getOrDefault(owner, NONE);
    HookPoint[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = new HookPoint(owner, method, kind, endsToo, type, hook);
    byOwner.put(owner, after);
    byClassName.put(dotted(owner), after);
  }

  private static HookPoint.Kind kind(String word) {
    if (word.equals("argument")) return HookPoint.Kind.ARGUMENT;
    if (word.equals("indexed-argument")) return HookPoint.Kind.INDEXED_ARGUMENT;
    if (word.equals("around")) return HookPoint.Kind.AROUND;
    throw new IllegalArgumentException(word);
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }

  /** Returns the client, by its name in the config, that the hook of this class serves. */
  String client(String hook) {
    String name = clients.get(hook);
    if (name == null) throw new IllegalArgumentException(hook);
    return name;
  }

  /** Returns the names of the clients. */
  Collection<String> clients() {
    return clients.values();
  }

  /** Returns the packages of the JDK that hooks use by reflection. */
  List<String> opened() {
    return opened;
  }

  /** Returns the points of the class with this internal name, or null. Does not allocate. */
  HookPoint @Nullable [] byOwner(String internalName) {
    return byOwner.get(internalName);
  }

  /** Returns the points of the class with this name, or null. Does not allocate. */
  HookPoint @Nullable [] byClassName(String name) {
    return byClassName.get(name);
  }

  /** Returns the unserved client that has the class of this name (either form), or null. */
  @Nullable UnservedClient unserved(String name) {
    return unserved.get(name);
  }

  /**
   * Returns the prefix, with its slash, of an internal name that ends with the name of a class of
   * the table; null for any other name. Does not allocate for another name.
   */
  @Nullable String prefixOfOwner(String internalName) {
    return prefix(internalName, owners, '/');
  }

  /** As {@link #prefixOfOwner}, for a class name and with the dot. */
  @Nullable String prefixOfClassName(String name) {
    return prefix(name, classNames, '.');
  }

  /**
   * Returns the prefix of a class name (either form) that ends like a class of the table but has
   * other first packages; null for any other name. Does not allocate for another name.
   */
  @Nullable String prefixOfRenamed(String name) {
    String prefix = prefix(name, renamed, '/');
    return prefix == null ? prefix(name, renamedClassNames, '.') : prefix;
  }

  private static @Nullable String prefix(String name, String[] suffixes, char separator) {
    for (String suffix : suffixes) {
      int at = name.length() - suffix.length();
      if (at > 1 && name.charAt(at - 1) == separator && name.endsWith(suffix)) {
        return name.substring(0, at);
      }
    }
    return null;
  }
}
