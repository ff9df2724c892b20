package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.spi.LoginTransport;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the {@link LoginTransport} on the class path, as a service. */
final class TransportLookup {
  private TransportLookup() {}

  /** Returns the first transport whose HTTP client is on the class path, too. */
  static LoginTransport find() throws LoginFailure {
    Throwable unusable = null;
    Iterator<LoginTransport> found =
        ServiceLoader.load(LoginTransport.class, TransportLookup.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!found.hasNext()) break;
        return found.next();
      } catch (ServiceConfigurationError | LinkageError e) {
        unusable = e; // Its client is not on the class path; another one's may be.
      }
    }
    String remedy =
        " (add authgraft-okhttp or authgraft-apache, and its client, to the class path)";
    throw LoginFailure.trouble("nothing can send a login" + remedy + because(unusable), unusable);
  }

  /** Returns the messages of {@code unusable} and its causes: they name the missing class. */
  private static String because(@Nullable Throwable unusable) {
    StringBuilder reasons = new StringBuilder();
    for (Throwable each = unusable; each != null; each = each.getCause()) {
      reasons.append(": ").append(Printable.of(each.toString()));
    }
    return reasons.toString();
  }
}
