package com.example.vault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ${vault:PATH#KEY}}: a value of the KV version 2 engine of HashiCorp Vault.
 *
 * <p>The settings are {@code address}, {@code token} and {@code mount}, by default {@code secret}.
 */
public final class VaultSecrets implements SecretSource {
  @Override
  public String scheme() {
    return "vault";
  }

  @Override
  public Set<String> settings() {
    return new LinkedHashSet<>(Arrays.asList("address", "token", "mount"));
  }

  @Override
  public void check(String name) throws SecretException {
    int hash = name.indexOf('#');
    if (hash <= 0 || hash == name.length() - 1 || !name.matches("[\\w./-]+#[\\w.-]+")) {
      throw new SecretException("${vault:…} is written ${vault:PATH#KEY}");
    }
  }

  @Override
  public String read(String name, SecretSettings settings) throws IOException {
    String path = name.substring(0, name.indexOf('#'));
    String key = name.substring(name.indexOf('#') + 1);
    HttpURLConnection connection = connection(path, settings);
    try {
      int status = connection.getResponseCode();
      // An answer may quote the token, so nothing of it is told.
      if (status == 403) throw new SecretException("vault denies " + path + " (check its token)");
      if (status == 404) throw new SecretException("vault has nothing at " + path);
      if (status != 200) throw new SecretException("vault answered " + status + " for " + path);
      String value;
      try (InputStream body = connection.getInputStream()) {
        value = textAt("/data/data/" + key, body);
      }
      if (value == null) throw new SecretException("vault has no " + key + " at " + path);
      return value;
    } finally {
      connection.disconnect();
    }
  }

  private static HttpURLConnection connection(String path, SecretSettings settings)
      throws IOException {
    String mount = settings.get("mount");
    URI address = URI.create(settings.require("address") + "/");
    boolean local = address.getHost() != null && address.getHost().matches("localhost|127\\..*");
    if (!"https".equals(address.getScheme()) && !local) {
      throw new SecretException("the address of vault must be https");
    }
    URI url = address.resolve("v1/" + (mount == null ? "secret" : mount) + "/data/" + path);
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    int millis = (int) Math.min(settings.timeout().toMillis(), Integer.MAX_VALUE);
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("X-Vault-Token", settings.require("token"));
    return connection;
  }

  private static @Nullable String textAt(String pointer, InputStream json) throws IOException {
    try (JsonParser parser =
        new FilteringParserDelegate(
            new JsonFactory().createParser(json),
            new JsonPointerBasedFilter(pointer),
            TokenFilter.Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      JsonToken token = parser.nextToken();
      return token == null || !token.isScalarValue() ? null : parser.getText();
    }
  }
}
