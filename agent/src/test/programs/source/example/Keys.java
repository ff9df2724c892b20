package example;

import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;

/** A source of secrets that says what it sees. */
public final class Keys implements SecretSource {
  @Override
  public String scheme() {
    return "keys";
  }

  @Override
  public String read(String name, SecretSettings settings) {
    return name + sees("Probe") + sees("org.yaml.snakeyaml.Yaml") + sees("example.Keys");
  }

  private static char sees(String type) {
    try {
      Class.forName(type, false, Thread.currentThread().getContextClassLoader());
      return '+';
    } catch (ClassNotFoundException e) {
      return '-';
    }
  }
}
