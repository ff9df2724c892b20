package dev.authgraft.agent.hook;

import dev.authgraft.spi.Log;
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
    new HookPoint( // served from 3.4 on
        "okhttp3/ws/WebSocketCall",
        "<init>",
        "okhttp3/OkHttpClient",
        PLAIN,
        "dev.authgraft.okhttp.internal.WebSocketCallHook"),
    new HookPoint(
        "org/apache/hc/client5/http/impl/classic/ProtocolExec",
        "execute",
        "org/apache/hc/client5/http/classic/ExecChain",
        PLAIN,
        "dev.authgraft.apache.internal.classic.ExecChainHook"),
    new HookPoint(
        "org/apache/hc/client5/http/impl/async/AsyncProtocolExec",
        "execute",
        "org/apache/hc/client5/http/async/AsyncExecChain",
        PLAIN,
        "dev.authgraft.apache.internal.async.AsyncExecChainHook"),
    new HookPoint( // may be built without the classes above
        "org/apache/hc/client5/http/impl/classic/InternalHttpClient",
        "doExecute",
        "org/apache/hc/client5/http/impl/classic/InternalHttpClient",
        PLAIN,
        "dev.authgraft.apache.internal.exec.ProtocolElementHook"),
    new HookPoint(
        "org/apache/hc/client5/http/impl/async/InternalAbstractHttpAsyncClient",
        "doExecute",
        "org/apache/hc/client5/http/impl/async/InternalAbstractHttpAsyncClient",
        PLAIN,
        "dev.authgraft.apache.internal.exec.ProtocolElementHook"),
    new HookPoint(
            "org/apache/hc/client5/http/impl/classic/MinimalHttpClient",
            "doExecute",
            "org/apache/hc/core5/http/ClassicHttpRequest",
            PLAIN,
            "dev.authgraft.apache.internal.minimal.MinimalClientHook")
        .showingResult(),
    new HookPoint(
        "org/apache/hc/client5/http/impl/async/MinimalHttpAsyncClient",
        "execute",
        "org/apache/hc/core5/http/nio/AsyncClientExchangeHandler",
        PLAIN,
        "dev.authgraft.apache.internal.minimal.ExchangeHandlerHook"),
    new HookPoint( // entered by the client above as well
        "org/apache/hc/client5/http/impl/async/MinimalHttpAsyncClient$InternalAsyncClientEndpoint",
        "execute",
        "org/apache/hc/core5/http/nio/AsyncClientExchangeHandler",
        PLAIN,
        "dev.authgraft.apache.internal.minimal.LeasedEndpointHook"),
    new HookPoint(
        "org/apache/hc/client5/http/impl/async/MinimalH2AsyncClient",
        "execute",
        "org/apache/hc/core5/http/nio/AsyncClientExchangeHandler",
        PLAIN,
        "dev.authgraft.apache.internal.minimal.ExchangeHandlerHook"),
  };

  /* WARN: a part of what is promised. INFO: a relative. DEBUG: the JDK itself may use it. */
  private static final UnservedClient[] UNSERVED = {
    new UnservedClient(
        "okhttp3/internal/huc/HttpURLConnectionImpl",
        "okhttp-urlconnection before 3.4",
        Log.Level.WARN),
    new UnservedClient(
        "org/apache/hc/core5/http/impl/bootstrap/HttpRequester",
        "HttpRequester of Apache HttpCore 5",
        Log.Level.INFO),
    new UnservedClient( // the base of those for HTTP/1.1 and HTTP/2
        "org/apache/hc/core5/http/impl/bootstrap/AsyncRequester",
        "AsyncRequester of Apache HttpCore 5",
        Log.Level.INFO),
    new UnservedClient("com/squareup/okhttp/OkHttpClient", "OkHttp 2", Log.Level.INFO),
    new UnservedClient(
        "org/apache/http/impl/client/CloseableHttpClient", "Apache HttpClient 4", Log.Level.INFO),
    new UnservedClient(
        "org/apache/http/impl/client/AbstractHttpClient", "Apache HttpClient 4", Log.Level.INFO),
    new UnservedClient(
        "org/apache/http/impl/nio/client/CloseableHttpAsyncClient",
        "Apache HttpAsyncClient 4",
        Log.Level.INFO),
    new UnservedClient(
        "jdk/internal/net/http/HttpClientImpl", "java.net.http.HttpClient", Log.Level.DEBUG),
    new UnservedClient(
        "sun/net/www/protocol/http/HttpURLConnection",
        "java.net.HttpURLConnection",
        Log.Level.DEBUG),
  };

  /* What a copy is told by whose packages were renamed, and not only put below another. */
  private static final String[] RENAMED = {
    "internal/http/RealInterceptorChain",
    "http/impl/classic/ProtocolExec",
    "http/impl/async/AsyncProtocolExec",
  };
  private static final String[] RENAMED_CLASS_NAMES = new String[RENAMED.length];

  private static final String[] OWNERS = new String[POINTS.length];
  private static final String[] CLASS_NAMES = new String[POINTS.length];
  private static final Map<String, HookPoint> BY_OWNER = new HashMap<>();
  private static final Map<String, HookPoint> BY_CLASS_NAME = new HashMap<>();
  private static final Map<String, UnservedClient> UNSERVED_BY_NAME = new HashMap<>();

  static {
    for (int i = 0; i < POINTS.length; i++) {
      OWNERS[i] = POINTS[i].owner;
      CLASS_NAMES[i] = POINTS[i].owner.replace('/', '.');
      BY_OWNER.put(OWNERS[i], POINTS[i]);
      BY_CLASS_NAME.put(CLASS_NAMES[i], POINTS[i]);
    }
    for (int i = 0; i < RENAMED.length; i++) {
      RENAMED_CLASS_NAMES[i] = RENAMED[i].replace('/', '.');
    }
    for (UnservedClient unserved : UNSERVED) {
      UNSERVED_BY_NAME.put(unserved.type, unserved);
      UNSERVED_BY_NAME.put(unserved.type.replace('/', '.'), unserved);
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

  /** Returns the unserved client with a class of this name, in either form, or null. */
  static @Nullable UnservedClient unserved(String name) {
    return UNSERVED_BY_NAME.get(name);
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

  /**
   * Returns what stands before the name of a class, in either form, that is one of the table but
   * for its first packages, or null if it is none. Allocates nothing for a stranger.
   */
  static @Nullable String prefixOfRenamed(String name) {
    String prefix = prefix(name, RENAMED, '/');
    return prefix == null ? prefix(name, RENAMED_CLASS_NAMES, '.') : prefix;
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
