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

  private static final Map<String, HookPoint> BY_OWNER = new HashMap<>();
  private static final Map<String, HookPoint> BY_CLASS_NAME = new HashMap<>();

  static {
    for (HookPoint point : POINTS) {
      BY_OWNER.put(point.owner, point);
      BY_CLASS_NAME.put(point.owner.replace('/', '.'), point);
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
}
