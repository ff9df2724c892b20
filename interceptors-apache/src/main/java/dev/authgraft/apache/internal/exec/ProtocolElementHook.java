package dev.authgraft.apache.internal.exec;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports clients whose {@code PROTOCOL} element the program replaced: Authgraft hooks HttpClient's
 * own element.
 */
public final class ProtocolElementHook implements ArgumentHook {
  /* By name, because a shaded copy of the client may lack one of them. */
  private static final String CLASSIC = "org.apache.hc.client5.http.impl.classic.ProtocolExec";
  private static final String ASYNC = "org.apache.hc.client5.http.impl.async.AsyncProtocolExec";

  /*
   * Each call passes here with its client, which may be older than the agent. A client is examined
   * only if it is not that of the previous call; a chain has half a dozen elements.
   */
  private volatile Reference<Object> known = new WeakReference<>(null);
  private volatile @Nullable Fields fields;

  @SuppressWarnings("unused") // every hook is made so
  public ProtocolElementHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object replace(@Nullable Object client, int index) {
    if (client == null || client == known.get()) return client;
    List<String> handlers = handlers(client);
    known = new WeakReference<>(client);
    if (handlers.isEmpty() || handlers.contains(CLASSIC) || handlers.contains(ASYNC)) return client;
    throw new UnservedException(
        "the program replaced the PROTOCOL element of one: unless HttpClient's own is called all the"
            + (" same, its requests go out as they are (it is made of " + handlers + ")"));
  }

  /** Returns the classes of the elements of {@code client}, or none if they cannot be read. */
  private List<String> handlers(Object client) {
    List<String> handlers = new ArrayList<>();
    try {
      Fields path = fields;
      if (path == null) fields = path = Fields.of(client.getClass());
      for (Object element = path.first.get(client);
          element != null;
          element = path.next.get(element)) {
        handlers.add(path.handler.get(element).getClass().getName());
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      handlers.clear(); // A release that keeps its elements elsewhere.
    }
    return handlers;
  }

  /** The fields that lead from a client to its elements. */
  private static final class Fields {
    final Field first;
    final Field next;
    final Field handler;

    private Fields(Class<?> client) throws NoSuchFieldException {
      first = field(client, "execChain");
      next = field(first.getType(), "next");
      handler = field(first.getType(), "handler");
    }

    static Fields of(Class<?> client) throws ReflectiveOperationException {
      try {
        return AccessController.doPrivileged(
            (PrivilegedExceptionAction<Fields>) () -> new Fields(client));
      } catch (PrivilegedActionException e) {
        throw (ReflectiveOperationException) e.getException();
      }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
      for (Class<?> t = type; t != null; t = t.getSuperclass()) {
        for (Field field : t.getDeclaredFields()) {
          if (!field.getName().equals(name)) continue;
          field.setAccessible(true);
          return field;
        }
      }
      throw new NoSuchFieldException(type + "." + name);
    }
  }
}
