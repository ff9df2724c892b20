package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.EventPublisher;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.credential.LoginThreads;
import dev.authgraft.internal.credential.StrategyActivity;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginTransport;
import java.io.Closeable;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What all strategies of one config share: how logins travel, their threads, time and the log. */
public final class LoginContext implements Closeable {
  private final ConfiguredHttp http;
  private final Log log;
  private final Time time;
  private final DoubleSupplier random;
  private final LoginThreads threads;
  private final TotpLedger totpLedger;
  private final RefusalLedger refusals;
  private final EventPublisher events;
  private @Nullable LoginTransport transport;

  public LoginContext(
      ConfiguredHttp http,
      @Nullable LoginTransport transport,
      Log log,
      Time time,
      DoubleSupplier random,
      EventPublisher events) {
    this(
        http,
        transport,
        log,
        time,
        random,
        new LoginThreads(),
        new TotpLedger(),
        new RefusalLedger(),
        events);
  }

  private LoginContext(
      ConfiguredHttp http,
      @Nullable LoginTransport transport,
      Log log,
      Time time,
      DoubleSupplier random,
      LoginThreads threads,
      TotpLedger totpLedger,
      RefusalLedger refusals,
      EventPublisher events) {
    this.http = http;
    this.transport = transport;
    this.log = QuietLog.of(log);
    this.time = time;
    this.random = random;
    this.threads = threads;
    this.totpLedger = totpLedger;
    this.refusals = refusals;
    this.events = events;
  }

  /** Returns a context whose logins travel by {@code other}, with the same threads and ledgers. */
  public LoginContext with(ConfiguredHttp other, @Nullable LoginTransport used) {
    return new LoginContext(other, used, log, time, random, threads, totpLedger, refusals, events);
  }

  public ConfiguredHttp http() {
    return http;
  }

  public Log log() {
    return log;
  }

  public Time time() {
    return time;
  }

  DoubleSupplier random() {
    return random;
  }

  public LoginThreads threads() {
    return threads;
  }

  /** Returns where events go. */
  public EventPublisher events() {
    return events;
  }

  StrategyActivity activityOf(String strategy) {
    return new StrategyActivity(strategy, events, time);
  }

  RefusalLedger refusals() {
    return refusals;
  }

  TotpLedger totpLedger() {
    return totpLedger;
  }

  /** Returns what sends logins, found when it is first needed: it brings an HTTP client along. */
  synchronized LoginTransport transport() throws LoginFailure {
    if (transport == null) transport = findTransport();
    return transport;
  }

  private static LoginTransport findTransport() throws LoginFailure {
    Throwable unusable = null;
    Iterator<LoginTransport> found =
        ServiceLoader.load(LoginTransport.class, LoginContext.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!found.hasNext()) break;
        return found.next();
      } catch (ServiceConfigurationError | LinkageError e) {
        unusable = e; // Its client is not on the class path; that of another transport may be.
      }
    }
    String remedy =
        " (add authgraft-okhttp or authgraft-apache, and its client, to the class path)";
    throw LoginFailure.trouble("nothing can send a login" + remedy + because(unusable), unusable);
  }

  /** What is on the class path and cannot be used is told by what it lacks. */
  private static String because(@Nullable Throwable unusable) {
    StringBuilder reasons = new StringBuilder();
    for (Throwable each = unusable; each != null; each = each.getCause()) {
      reasons.append(": ").append(Printable.of(each.toString()));
    }
    return reasons.toString();
  }

  @Override
  public void close() {
    threads.close();
    events.close();
    LoginTransport open;
    synchronized (this) {
      open = transport;
    }
    if (open != null) open.close();
  }
}
