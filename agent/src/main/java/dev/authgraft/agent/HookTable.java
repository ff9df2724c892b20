package dev.authgraft.agent;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every method that the agent hooks.
 *
 * <p>This class goes into the jar as it was compiled: relocation would rename the program's classes
 * that it names. So it must not refer to a library.
 */
final class HookTable {
  private static final boolean INDEXED = true;
  private static final boolean PLAIN = false;

  private static final HookPoint[] POINTS = {
    new HookPoint(
        "okhttp3/internal/http/RealInterceptorChain",
        "<init>",
        "java/util/List",
        INDEXED,
        "dev.authgraft.okhttp.internal.ChainHook"),
    new HookPoint( // answered up to 3.3, where the class above does not exist
        "okhttp3/RealCall",
        "<init>",
        "okhttp3/OkHttpClient",
        PLAIN,
        "dev.authgraft.okhttp.internal.CallHook"),
    new HookPoint(
        "org/apache/hc/client5/http/impl/classic/ProtocolExec",
        "execute",
        "org/apache/hc/client5/http/classic/ExecChain",
        PLAIN,
        "dev.authgraft.apache.internal.ExecChainHook"),
    new HookPoint(
        "org/apache/hc/client5/http/impl/async/AsyncProtocolExec",
        "execute",
        "org/apache/hc/client5/http/async/AsyncExecChain",
        PLAIN,
        "dev.authgraft.apache.internal.AsyncExecChainHook"),
  };

  private static final String[] OWNERS = new String[POINTS.length];
  private static final String[] CLASS_NAMES = new String[POINTS.length];
  private static final Map<String, HookPoint> BY_OWNER = new HashMap<>();
  private static final Map<String, HookPoint> BY_CLASS_NAME = new HashMap<>();

  static {
    for (int i = 0; i < POINTS.length; i++) {
      OWNERS[i] = POINTS[i].owner;
      CLASS_NAMES[i] = POINTS[i].owner.replace('/', '.');
      BY_OWNER.put(OWNERS[i], POINTS[i]);
      BY_CLASS_NAME.put(CLASS_NAMES[i], POINTS[i]);
    }
  }

  private HookTable() {}

  /** Returns the point in the class of this internal name, or null. Allocates nothing. */
  static @Nullable HookPoint byOwner(String internalName) {
    return BY_OWNER.get(internalName);
  }

  /** Returns the point in the class of this name, or null. Allocates nothing. */
  static @Nullable HookPoint byClassName(String name) {
    return BY_CLASS_NAME.get(name);
  }

  /**
   * Returns what stands before the name of a class of the table in this internal name, with the
   * slash, or null if it is none. Allocates nothing for a stranger.
   */
  static @Nullable String prefixOfOwner(String internalName) {
    return prefix(internalName, OWNERS, '/');
  }

  /** Does the same for a class name, with the dot. */
  static @Nullable String prefixOfClassName(String name) {
    return prefix(name, CLASS_NAMES, '.');
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
