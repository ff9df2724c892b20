package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.EventPublisher;
import dev.authgraft.internal.credential.LoginThreads;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import java.io.Closeable;
import java.util.function.DoubleSupplier;

/**
 * What the logins of one instance share for as long as it runs, across replacements of its config:
 * threads, ledgers, time, the log and events. Safe for use by several threads.
 */
public final class LoginRuntime implements Closeable {
  private final Log log;
  private final Time time;
  private final DoubleSupplier random;
  private final EventPublisher events;
  private final LoginThreads threads = new LoginThreads();
  private final TotpLedger totpLedger = new TotpLedger();
  private final RefusalLedger refusals = new RefusalLedger();

  /**
   * @param random from 0 to 1, for jitter
   */
  public LoginRuntime(Log log, Time time, DoubleSupplier random, EventPublisher events) {
    this.log = QuietLog.of(log);
    this.time = time;
    this.random = random;
    this.events = events;
  }

  Log log() {
    return log;
  }

  Time time() {
    return time;
  }

  DoubleSupplier random() {
    return random;
  }

  EventPublisher events() {
    return events;
  }

  LoginThreads threads() {
    return threads;
  }

  TotpLedger totpLedger() {
    return totpLedger;
  }

  RefusalLedger refusals() {
    return refusals;
  }

  /** Ends the threads; logins that are under way are interrupted. */
  @Override
  public void close() {
    threads.close();
    events.close();
  }
}
