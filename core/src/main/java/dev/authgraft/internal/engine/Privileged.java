package dev.authgraft.internal.engine;

import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.login.Strategy;
import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Reads and obtains credentials with Authgraft's permissions, which a program under a security
 * manager does not have. The program's own code gains nothing: code that is called from here is
 * checked with its own permissions.
 */
final class Privileged {
  private Privileged() {}

  /** Does what {@link Strategy#obtain} does. */
  static Credential obtain(Strategy strategy, boolean awaitRenewal, BooleanSupplier canceled)
      throws IOException {
    if (System.getSecurityManager() == null) return strategy.obtain(awaitRenewal, canceled);
    try {
      return AccessController.doPrivileged(
          (PrivilegedExceptionAction<Credential>) () -> strategy.obtain(awaitRenewal, canceled));
    } catch (PrivilegedActionException e) { // its cause is what obtain declares
      throw (IOException) e.getException();
    }
  }

  /** Does what {@link Strategy#obtainAsync} does. */
  static CompletionStage<Credential> obtainAsync(Strategy strategy, boolean awaitRenewal) {
    if (System.getSecurityManager() == null) return strategy.obtainAsync(awaitRenewal);
    return AccessController.doPrivileged(
        (PrivilegedAction<CompletionStage<Credential>>) () -> strategy.obtainAsync(awaitRenewal));
  }
}
