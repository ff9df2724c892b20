package dev.authgraft.internal.secret;

import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;

/** {@code ${sys:PROPERTY}}: a system property. */
public final class PropertySecrets implements SecretSource {
  @Override
  public String scheme() {
    return "sys";
  }

  @Override
  public boolean isImmediate() {
    return true;
  }

  @Override
  public String read(String name, SecretSettings settings) throws SecretException {
    String value = System.getProperty(name);
    if (value == null) throw new SecretException("system property " + name + " is not set");
    return EnvironmentSecrets.intact(value, "system property " + name);
  }
}
