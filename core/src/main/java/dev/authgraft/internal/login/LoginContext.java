package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.EventPublisher;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.credential.LoginThreads;
import dev.authgraft.internal.credential.StrategyActivity;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginTransport;
import java.io.Closeable;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all strategies of one config share: how their logins are sent, and the {@link LoginRuntime}
 * of the instance. Safe for use by several threads.
 */
public final class LoginContext implements Closeable {
  private final LoginRuntime runtime;
  private final ConfiguredHttp http;
  private @Nullable LoginTransport transport; // guarded by this

  /**
   * @param transport sends logins; null for the one on the class path
   */
  public LoginContext(
      LoginRuntime runtime, ConfiguredHttp http, @Nullable LoginTransport transport) {
    this.runtime = runtime;
    this.http = http;
    this.transport = transport;
  }

  public LoginRuntime runtime() {
    return runtime;
  }

  public ConfiguredHttp http() {
    return http;
  }

  public Log log() {
    return runtime.log();
  }

  public Time time() {
    return runtime.time();
  }

  DoubleSupplier random() {
    return runtime.random();
  }

  public LoginThreads threads() {
    return runtime.threads();
  }

  public EventPublisher events() {
    return runtime.events();
  }

  RefusalLedger refusals() {
    return runtime.refusals();
  }

  TotpLedger totpLedger() {
    return runtime.totpLedger();
  }

  /** Returns the counts and events of a new strategy. */
  StrategyActivity activityOf(String strategy) {
    return new StrategyActivity(strategy, events(), time());
  }

  /** Returns what sends logins, found when it is first needed: it loads an HTTP client. */
  synchronized LoginTransport transport() throws LoginFailure {
    if (transport == null) transport = TransportLookup.find();
    return transport;
  }

  /** Closes the runtime and the transport. */
  @Override
  public void close() {
    runtime.close();
    LoginTransport open;
    synchronized (this) {
      open = transport;
    }
    if (open != null) open.close();
  }
}
