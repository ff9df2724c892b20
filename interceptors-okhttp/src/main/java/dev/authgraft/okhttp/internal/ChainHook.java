package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Adds the interceptors to the list that a {@code RealInterceptorChain} is built with.
 *
 * <pre>
 *   application interceptors     the program's
 *   RenewInterceptor             ours; above the one that follows redirects: proceeding twice from
 *                                below it fails in 5.x
 *   RetryAndFollowUpInterceptor
 *   BridgeInterceptor
 *   CacheInterceptor             what it stores holds no credential, what it answers needs none
 *   ObtainInterceptor            ours; entered for each hop, before it takes a connection
 *   ConnectInterceptor
 *   network interceptors         the program's; they see no credential
 *   ApplyInterceptor             ours
 *   CallServerInterceptor
 * </pre>
 */
public final class ChainHook implements ArgumentHook {
  /* Not the whole name: tools that relocate classes would rename it in a constant as well. */
  private static final String OURS = ".authgraft.okhttp.internal.";

  /** Our interceptors: each list that is served, and that of each login, contains one of these. */
  private static final String[] LEFT_ALONE = {
    "ApplyInterceptor", "HandApplyInterceptor", "CallHook$Inner", "LoginInterceptor"
  };

  private static final String OKHTTPS = "okhttp3.internal.";

  private static final String FOLLOW_UP = "okhttp3.internal.http.RetryAndFollowUpInterceptor";
  private static final String CONNECT = "okhttp3.internal.connection.ConnectInterceptor";
  private static final String CALL_SERVER = "okhttp3.internal.http.CallServerInterceptor";

  private final Supplier<@Nullable Authgraft> authgraft;

  public ChainHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  /**
   * Returns the list with ours in it, if {@code argument} is that of a call's whole chain.
   *
   * @throws UnservedException if it is one whose interceptors are not those that are known
   */
  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (index != 0 || !(argument instanceof List)) return argument;
    List<?> interceptors = (List<?>) argument;
    // OkHttp's constructors delegate to each other, and its chains copy themselves.
    if (!isWhole(interceptors) || isServed(interceptors)) return argument;
    int followUp = indexOf(FOLLOW_UP, interceptors);
    int connect = indexOf(CONNECT, interceptors);
    int callServer = indexOf(CALL_SERVER, interceptors);
    if (followUp < 0 || connect < followUp || callServer < connect) {
      throw new UnservedException("the interceptors of a call are not those that are known");
    }
    Authgraft served = authgraft.get();
    return served == null
        ? argument
        : withOurs(interceptors, new CallState(served), followUp, connect, callServer);
  }

  /**
   * Returns whether {@code interceptors} can make a call: the last one, which asks the server, is
   * OkHttp's. A program may build chains of its own, for a test of its interceptors for example.
   */
  private static boolean isWhole(List<?> interceptors) {
    return !interceptors.isEmpty()
        && typeOf(interceptors.get(interceptors.size() - 1)).contains(OKHTTPS);
  }

  private static List<Interceptor> withOurs(
      List<?> interceptors, CallState state, int followUp, int connect, int callServer) {
    List<Interceptor> all = new ArrayList<>(interceptors.size() + 3);
    for (int i = 0; i < interceptors.size(); i++) {
      if (i == followUp) all.add(new RenewInterceptor(state));
      if (i == connect) all.add(new ObtainInterceptor(state));
      if (i == callServer) all.add(new ApplyInterceptor(state));
      all.add((Interceptor) interceptors.get(i));
    }
    return all;
  }

  /**
   * Returns whether one of {@code interceptors} is ours, registered by hand, by an agent or for a
   * login, which would wait for itself if it were served. It compares names, so that a copy of our
   * class from another class loader, or in a relocated package, counts too.
   */
  static boolean isServed(List<?> interceptors) {
    for (int i = 0; i < interceptors.size(); i++) {
      String type = typeOf(interceptors.get(i));
      for (String name : LEFT_ALONE) if (type.endsWith(OURS + name)) return true;
    }
    return false;
  }

  private static int indexOf(String type, List<?> interceptors) {
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      if (typeOf(interceptors.get(i)).equals(type)) return i;
    }
    return -1;
  }

  private static String typeOf(@Nullable Object interceptor) {
    return interceptor == null ? "" : interceptor.getClass().getName();
  }
}
