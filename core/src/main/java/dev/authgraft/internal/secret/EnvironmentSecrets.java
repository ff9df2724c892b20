package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;

/** {@code ${env:NAME}}: an environment variable. */
public final class EnvironmentSecrets implements SecretSource {
  @Override
  public String scheme() {
    return "env";
  }

  @Override
  public boolean isImmediate() {
    return true;
  }

  @Override
  public String read(String name, SecretSettings settings) throws SecretException {
    String value = System.getenv(name);
    if (value == null) {
      throw new SecretException("environment variable " + name + " is not set" + meant(name));
    }
    return intact(value, "environment variable " + name);
  }

  private static String meant(String name) {
    try {
      return Suggestion.among(name, System.getenv().keySet());
    } catch (SecurityException e) { // All of them are more than the one that may be read.
      return "";
    }
  }

  /** Returns {@code value} unless the JVM has replaced a letter that its locale does not know. */
  static String intact(String value, String title) throws SecretException {
    if (value.indexOf('\ufffd') < 0) return value;
    // It would be sent as a wrong password until the account is locked.
    throw new SecretException(
        title
            + " holds a letter that the JVM's locale cannot read (set LC_ALL=C.UTF-8, or use a file)");
  }
}
