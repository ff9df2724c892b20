package example;

import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Reads a secret with the HTTP client that the agent serves: {@code ${vault:HOST:PORT}}. */
public final class Vault implements SecretSource {
  @Override
  public String scheme() {
    return "vault";
  }

  @Override
  public String read(String name, SecretSettings settings) throws SecretException {
    ByteArrayOutputStream secret = new ByteArrayOutputStream();
    try (InputStream in = new URL("http://" + name + "/vault").openStream()) {
      for (int next; (next = in.read()) >= 0; ) secret.write(next);
    } catch (IOException e) {
      throw new SecretException("the vault does not answer");
    }
    return secret.toString();
  }
}
