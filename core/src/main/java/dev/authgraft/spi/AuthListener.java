package dev.authgraft.spi;

/**
 * Receives the {@linkplain AuthEvent events} of an Authgraft instance: logins, refreshes,
 * rejections, codes and config changes.
 *
 * <p>Each listener has one thread of its own, {@code authgraft-events}, which exists while there
 * are events to deliver, and a queue of 1,024 events. Events arrive one at a time and in order. A
 * listener may block and may call Authgraft; only its own later events wait. While its queue is
 * full further events are dropped for this listener. An exception that it throws is logged once and
 * has no other effect.
 *
 * <p>HTTP calls that a listener makes on this thread carry no credential of Authgraft's: a listener
 * that reports each login to a served host would otherwise cause the logins that it reports.
 */
public interface AuthListener {
  /** Receives {@code event}. */
  void onEvent(AuthEvent event);
}
