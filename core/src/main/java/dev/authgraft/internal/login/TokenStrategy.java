package dev.authgraft.internal.login;

import dev.authgraft.admin.StrategyState;
import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.CredentialCache;
import dev.authgraft.internal.credential.CredentialSource;
import dev.authgraft.internal.credential.StoredCredential;
import dev.authgraft.internal.credential.StoredCredentialException;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential that a server issues: {@code lazy-jwt}, {@code pre-auth-2fa}, {@code form-login}.
 */
public final class TokenStrategy extends Strategy {
  private final LoginSteps steps;
  private final List<Template> secrets;
  private final Login login;
  private final CredentialCache cache;
  private final Time time;

  /**
   * @param secrets the templates that a full login sends
   */
  public TokenStrategy(
      StrategySettings settings, LoginSteps steps, List<Template> secrets, LoginContext context) {
    super(settings, context.activityOf(settings.name()));
    this.steps = steps;
    this.time = context.time();
    this.secrets = secrets;
    this.login = new Login(activity(), settings, steps, secrets, context);
    this.cache =
        new CredentialCache(
            activity(), login, context.threads(), context.time(), context.random(), context.log());
  }

  @Override
  public Credential obtain(boolean awaitRenewal, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    return cache.get(awaitRenewal, canceled);
  }

  @Override
  public CompletionStage<Credential> obtainAsync(boolean awaitRenewal) {
    return cache.getAsync(awaitRenewal);
  }

  @Override
  public boolean invalidate(Credential rejected) {
    return cache.invalidate(rejected);
  }

  /**
   * Returns a text that names the principal of this strategy in every process: equal for the same
   * type, URLs, user and parameters of the login, wherever the config stands. A password that was
   * changed is the same principal. Reads the secrets of the login, and may wait for them.
   *
   * @param key of the HMAC, at least 16 bytes; without it the text says nothing about the principal
   * @throws IOException if a secret is missing; the message holds none
   */
  public String principalKey(byte[] key) throws IOException {
    PrincipalKey principal = new PrincipalKey(key);
    principal.add(kind().toString());
    // Comparing, so that no value is read that is good for one use. What steps yield is left out.
    StepValues stepValues = new StepValues(ReadPolicy.WAIT.comparing());
    for (String step : new String[] {"pre-auth.token", "code", "token", "refresh-token"}) {
      stepValues.with(step, "");
    }
    if (steps.page() != null) steps.page().addTo(principal, stepValues);
    if (steps.preAuth() != null) steps.preAuth().addTo(principal, stepValues);
    steps.login().addTo(principal, stepValues);
    return principal.end();
  }

  /** Does what {@link CredentialCache#export} does. */
  public @Nullable StoredCredential export() {
    return cache.export(kind().toString());
  }

  /**
   * Does what {@link CredentialCache#restore} does.
   *
   * @throws StoredCredentialException if {@code stored} is of another type of strategy, or cannot
   *     be applied by this one
   */
  public boolean restore(StoredCredential stored) throws StoredCredentialException {
    if (!stored.type().equals(kind().toString())
        || stored.hasCookies() != steps.login().yieldsCookies()) {
      throw new StoredCredentialException(
          "the stored credential is of a strategy of type " + stored.type() + ", not of " + this);
    }
    try {
      placement().check(stored.toCredential(time.millis()));
    } catch (StoredCredentialException e) {
      throw e;
    } catch (IOException e) {
      throw new StoredCredentialException(
          "the stored credential cannot be sent: " + e.getMessage());
    }
    return cache.restore(stored);
  }

  @Override
  public StrategyState state() {
    return cache.state(kind().toString());
  }

  @Override
  public long now() {
    return time.millis();
  }

  @Override
  public void accept(Credential credential, long sentAt) {
    cache.accept(credential, sentAt);
  }

  @Override
  public List<Template> secrets() {
    return secrets;
  }

  @Override
  public List<Exchange> exchanges() {
    return steps.exchanges();
  }

  @Override
  public @Nullable OneTimeCodeSource code() {
    return steps.code();
  }

  @Override
  public CredentialSource source() {
    return login;
  }

  @Override
  public void close() {
    cache.close();
  }
}
