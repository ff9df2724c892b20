package dev.authgraft.internal.login;

import dev.authgraft.admin.StrategyState;
import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.CredentialCache;
import dev.authgraft.internal.credential.CredentialSource;
import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.credential.StateSnapshot;
import dev.authgraft.internal.credential.StrategyActivity;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How one kind of credential is obtained and where it goes. Safe for use by several threads. */
public abstract class Strategy {
  private final StrategySettings settings;
  private final StrategyActivity activity;

  Strategy(StrategySettings settings, StrategyActivity activity) {
    this.settings = settings;
    this.activity = activity;
  }

  public String name() {
    return settings.name();
  }

  public StrategyKind kind() {
    return settings.kind();
  }

  public SourcePosition position() {
    return settings.position();
  }

  public Placement placement() {
    return settings.placement();
  }

  /** Returns what counts the requests and logins of this strategy. */
  public StrategyActivity activity() {
    return activity;
  }

  /** Returns what this holds and has done. Does not wait for a login. */
  public StrategyState state() {
    return StateSnapshot.ofKey(activity, kind().toString());
  }

  public Rejection rejection() {
    return settings.rejection();
  }

  /**
   * Returns a credential that can be sent, waiting for a login only where there is none.
   *
   * @param awaitRenewal as {@link CredentialCache#get} has it
   */
  public abstract Credential obtain(boolean awaitRenewal, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException;

  /** Does what {@link #obtain} does and never blocks. */
  public abstract CompletionStage<Credential> obtainAsync(boolean awaitRenewal);

  /**
   * Forgets {@code rejected}, unless it has been replaced already.
   *
   * @return whether obtaining anew may bring another credential
   */
  public abstract boolean invalidate(Credential rejected);

  /** Returns the local time of day that lives are measured by, in milliseconds since the epoch. */
  public long now() {
    return 0;
  }

  /** Notes that the server accepted {@code credential}, which was sent at {@code sentAt}. */
  public void accept(Credential credential, long sentAt) {
    credential.accept();
  }

  /** Returns the templates that hold this strategy's secrets, for a check that they are there. */
  public abstract List<Template> secrets();

  /** Returns the exchanges that this strategy makes. */
  public abstract List<Exchange> exchanges();

  /** Returns the login that the command line makes, or null where there is none. */
  public abstract @Nullable CredentialSource source();

  public void close() {}

  /** Returns where the code of a second factor comes from, or null if there is none. */
  public @Nullable OneTimeCodeSource code() {
    return null;
  }

  /** Returns {@code strategy 'kyc'}. */
  @Override
  public String toString() {
    return "strategy '" + name() + "'";
  }
}
