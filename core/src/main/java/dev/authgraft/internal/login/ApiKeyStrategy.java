package dev.authgraft.internal.login;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.CredentialSource;
import dev.authgraft.internal.credential.LoginThreads;
import dev.authgraft.internal.credential.TokenLife;
import dev.authgraft.internal.secret.PendingSecretException;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A secret that never changes by itself, read when a request needs it: api-key and basic. */
public final class ApiKeyStrategy extends Strategy {
  private final Template value;
  private final @Nullable String cookie;
  private final LoginThreads threads;
  private volatile @Nullable Credential last;

  /** What asynchronous callers wait for together, and whether it may not be a kept value. */
  private @Nullable CompletableFuture<Credential> pending; // guarded by this, as is the next

  private boolean pendingIsFresh;

  /** Whether the server rejected the last one, so that a value that was kept may be an old one. */
  private volatile boolean mayBeOutdated;

  /**
   * @param cookie the name of the cookie that carries the key, or null
   */
  public ApiKeyStrategy(
      StrategySettings settings, Template value, @Nullable String cookie, LoginContext context) {
    super(settings, context.activityOf(settings.name()));
    this.value = value;
    this.cookie = cookie;
    this.threads = context.threads();
  }

  @Override
  public Credential obtain(boolean awaitRenewal, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    try {
      return read(policy().until(canceled));
    } catch (PendingSecretException e) {
      throw new InterruptedIOException(this + ": " + e.getMessage());
    }
  }

  @Override
  public CompletionStage<Credential> obtainAsync(boolean awaitRenewal) {
    ReadPolicy policy = policy();
    CompletableFuture<Credential> obtained = new CompletableFuture<>();
    try {
      obtained.complete(read(policy.withoutWaiting()));
    } catch (CredentialException e) {
      obtained.completeExceptionally(e);
    } catch (PendingSecretException e) {
      return obtainTogether(policy.isFresh());
    }
    return obtained;
  }

  /** Waits on one thread for however many callers there are. */
  private synchronized CompletionStage<Credential> obtainTogether(boolean fresh) {
    CompletableFuture<Credential> present = pending;
    if (present != null && !present.isDone() && (pendingIsFresh || !fresh)) return present;
    CompletableFuture<Credential> obtained = new CompletableFuture<>();
    try {
      threads.execute(() -> obtain(obtained));
      pending = obtained;
      pendingIsFresh = fresh;
    } catch (RejectedExecutionException closed) {
      obtained.completeExceptionally(new CredentialException(this + " is closed", null));
    } catch (RuntimeException | Error e) {
      String reason = this + ": there is no thread to wait for its secret";
      obtained.completeExceptionally(new CredentialException(reason, null));
    }
    return obtained;
  }

  private void obtain(CompletableFuture<Credential> obtained) {
    try {
      obtained.complete(obtain(false, () -> false));
    } catch (Throwable e) { // Whatever it is, who waits must hear of it.
      obtained.completeExceptionally(e);
    }
  }

  private ReadPolicy policy() {
    return mayBeOutdated ? ReadPolicy.FRESH : ReadPolicy.WAIT;
  }

  private Credential read(ReadPolicy policy) throws CredentialException, PendingSecretException {
    try {
      String key = value.resolve(new StepValues(policy));
      if (policy.isFresh()) mayBeOutdated = false;
      Credential present =
          cookie == null
              ? Credential.ofKey(key)
              : Credential.ofCookies(Collections.singletonMap(cookie, key), TokenLife.ENDLESS);
      Credential before = last;
      if (before != null && before.hasSameSecretAs(present)) return before;
      placement().check(present);
      last = present;
      return present;
    } catch (PendingSecretException e) {
      throw e;
    } catch (IOException e) {
      throw new CredentialException(this + ": " + e.getMessage(), null);
    }
  }

  @Override
  public boolean invalidate(Credential rejected) {
    mayBeOutdated = true;
    return true; // It is read anew; a rotated key is another credential.
  }

  @Override
  public List<Template> secrets() {
    return Collections.singletonList(value);
  }

  @Override
  public List<Exchange> exchanges() {
    return Collections.emptyList();
  }

  @Override
  public @Nullable CredentialSource source() {
    return null;
  }
}
