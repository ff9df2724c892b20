package dev.authgraft.spi;

import dev.authgraft.internal.body.Preview;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link LoginRequest}: it holds tokens, so only its status is printed. Immutable.
 */
public final class LoginResponse {
  private final int status;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] body;

  private LoginResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Returns a builder of an answer with {@code status} and {@code body}. */
  public static Builder builder(int status, byte[] body) {
    return new Builder(status, body);
  }

  /** Returns the HTTP status code. */
  public int status() {
    return status;
  }

  /** Returns the first value of the header {@code name}, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** Returns every value of the header {@code name}, in order. */
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase(name)) values.add(header.getValue());
    }
    return values;
  }

  /** Returns the names of the headers as they came. */
  public Set<String> headerNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Map.Entry<String, String> header : headers) names.add(header.getKey());
    return names;
  }

  /** Returns the body without transfer encoding. The caller must not change it. */
  public byte[] body() {
    return body;
  }

  /** Returns the body in the character set that it says, or in UTF-8, the encoding of JSON. */
  public String text() {
    return new String(body, Preview.charset(header("Content-Type")));
  }

  @Override
  public String toString() {
    return "status " + status + ", " + body.length + " bytes";
  }

  /** Collects the headers of a {@link LoginResponse}. */
  public static final class Builder {
    private final int status;
    private final byte[] body;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    private Builder(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /** Adds one header line. */
    public Builder header(String name, String value) {
      headers.add(new SimpleImmutableEntry<>(name, value));
      return this;
    }

    /** Returns the answer. */
    public LoginResponse build() {
      return new LoginResponse(status, new ArrayList<>(headers), body);
    }
  }
}
