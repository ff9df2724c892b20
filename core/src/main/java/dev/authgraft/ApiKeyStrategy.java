package dev.authgraft;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A secret that never changes by itself, read anew for each request: api-key and basic. */
final class ApiKeyStrategy extends Strategy {
  private final Template value;
  private final @Nullable String cookie;
  private volatile @Nullable Credential last;

  /**
   * @param cookie the name of the cookie that carries the key, or null
   */
  ApiKeyStrategy(
      String name,
      String type,
      Place place,
      Placement placement,
      Rejection rejection,
      Template value,
      @Nullable String cookie) {
    super(name, type, place, placement, rejection);
    this.value = value;
    this.cookie = cookie;
  }

  @Override
  Credential obtain(boolean settled, BooleanSupplier canceled) throws CredentialException {
    try {
      String key = value.resolve(new Scope());
      Credential present =
          cookie == null
              ? Credential.ofKey(key)
              : Credential.ofCookies(Collections.singletonMap(cookie, key), TokenLife.ENDLESS);
      Credential before = last;
      if (before != null && before.hasSameSecretAs(present)) return before;
      placement().check(present);
      last = present;
      return present;
    } catch (IOException e) {
      throw new CredentialException(this + ": " + e.getMessage(), null);
    }
  }

  @Override
  CompletionStage<Credential> obtainAsync(boolean settled) {
    CompletableFuture<Credential> obtained = new CompletableFuture<>();
    try {
      obtained.complete(obtain(settled, () -> false));
    } catch (CredentialException e) {
      obtained.completeExceptionally(e);
    }
    return obtained;
  }

  @Override
  boolean invalidate(Credential rejected) {
    return true; // It is read anew anyway; a rotated key is another credential.
  }

  @Override
  List<Template> secrets() {
    return Collections.singletonList(value);
  }

  @Override
  List<Exchange> exchanges() {
    return Collections.emptyList();
  }

  @Override
  @Nullable CredentialSource source() {
    return null;
  }
}
