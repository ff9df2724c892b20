package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.DaemonThread;
import dev.authgraft.spi.AuthEvent;
import dev.authgraft.spi.AuthListener;
import dev.authgraft.spi.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hands events to listeners on threads of their own. Never blocks. Safe for several threads. */
public final class EventPublisher implements AutoCloseable {
  /** Publishes to nobody. */
  public static final EventPublisher NONE =
      new EventPublisher(Collections.<ListenerQueue>emptyList());

  private static final int QUEUED_EVENTS = 1_024;
  private static final long KEPT_SECONDS = 10;

  private final List<ListenerQueue> queues;

  private EventPublisher(List<ListenerQueue> queues) {
    this.queues = queues;
  }

  /** Returns a publisher to {@code listeners}; {@code log} hears of a listener that throws. */
  public static EventPublisher to(List<AuthListener> listeners, Log log) {
    if (listeners.isEmpty()) return NONE;
    List<ListenerQueue> queues = new ArrayList<>();
    for (AuthListener listener : listeners) queues.add(new ListenerQueue(listener, log));
    return new EventPublisher(queues);
  }

  /** Returns whether anybody listens: if not, no event needs to be made. */
  public boolean isEnabled() {
    return !queues.isEmpty();
  }

  /** Delivers {@code event} soon, to each listener whose queue is not full. */
  public void publish(AuthEvent event) {
    for (ListenerQueue queue : queues) queue.add(event);
  }

  /** Delivers what is queued and accepts no more. Does not wait for it. */
  @Override
  public void close() {
    for (ListenerQueue queue : queues) queue.close();
  }

  /* One thread for each listener, so that one that blocks delays none of the others. */
  private static final class ListenerQueue {
    private final AuthListener listener;
    private final Log log;
    private final AtomicBoolean complained = new AtomicBoolean();
    private final ThreadPoolExecutor executor;

    ListenerQueue(AuthListener listener, Log log) {
      this.listener = listener;
      this.log = log;
      this.executor =
          new ThreadPoolExecutor(
              1,
              1,
              KEPT_SECONDS,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(QUEUED_EVENTS),
              work -> DaemonThread.privileged(() -> DaemonThread.of(work, "authgraft-events")),
              new ThreadPoolExecutor.DiscardPolicy());
      executor.allowCoreThreadTimeOut(true);
    }

    void add(AuthEvent event) {
      try {
        executor.execute(() -> deliver(event));
      } catch (OutOfMemoryError e) {
        // There is no thread for it now. A login must not fail because nobody hears of it.
      }
    }

    private void deliver(AuthEvent event) {
      try {
        listener.onEvent(event);
      } catch (Throwable e) {
        if (!complained.compareAndSet(false, true)) return;
        log.log(
            Log.Level.WARN,
            "listener " + listener.getClass().getName() + " failed: " + Contained.describe(e));
      }
    }

    void close() {
      executor.shutdown();
    }
  }
}
