package dev.authgraft.jdk.internal.httpclient;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/*
 * The JDK's call has no place where a hook could keep something. It is the key, since requests are
 * equal to one another if they have the same content. No value leads back to its key.
 */
/** The hop that each call has come to. A call whose hop needs no credential has none. */
final class CallHops {
  private static final Map<Object, RequestHop> HOPS =
      Collections.synchronizedMap(new WeakHashMap<>());
  private static final Map<Object, Boolean> OWN_WORK =
      Collections.synchronizedMap(new WeakHashMap<>());

  private CallHops() {}

  /** Notes that {@code call} is a part of Authgraft's own work, on whatever thread it goes on. */
  static void markAsOwnWork(Object call) {
    OWN_WORK.put(call, true);
  }

  static boolean isOwnWork(Object call) {
    return !OWN_WORK.isEmpty() && OWN_WORK.containsKey(call);
  }

  static @Nullable RequestHop of(Object call) {
    return HOPS.get(call);
  }

  static void put(Object call, RequestHop hop) {
    HOPS.put(call, hop);
  }

  static void remove(Object call) {
    HOPS.remove(call);
  }
}
