package example;

import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads a secret with the HTTP client that the agent serves: {@code ${vault:HOST:PORT}}. */
public final class Vault implements SecretSource {
  @Override
  public String scheme() {
    return "vault";
  }

  @Override
  public String read(String name, SecretSettings settings) throws SecretException {
    URI uri = URI.create("http://" + name + "/vault");
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new SecretException("the vault does not answer");
    }
  }
}
