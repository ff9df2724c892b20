package dev.authgraft.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client of a program, as far as {@link HttpClientContract} uses it. It follows redirects,
 * keeps cookies and undoes gzip.
 */
public interface HttpClientContractClient extends AutoCloseable {
  /** Sends {@code call} and reads the whole answer. */
  Reply send(Call call) throws IOException;

  /** Returns how many connections are in use. */
  int connectionsInUse();

  @Override
  void close() throws IOException;

  /**
   * What the program sends.
   *
   * @param body null for none
   * @param isOneShot whether the body can be read only once
   */
  record Call(
      String method,
      String url,
      Map<String, String> headers,
      byte @Nullable [] body,
      boolean isOneShot) {
    static Call get(String url) {
      return of("GET", url);
    }

    static Call of(String method, String url) {
      return new Call(method, url, Map.of(), null, false);
    }

    static Call post(String url, String body) {
      return of("POST", url).body(body);
    }

    Call body(String text) {
      return new Call(method, url, headers, text.getBytes(StandardCharsets.UTF_8), isOneShot);
    }

    Call oneShot() {
      return new Call(method, url, headers, body, true);
    }

    Call header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Call(method, url, more, body, isOneShot);
    }
  }

  /**
   * What the program gets.
   *
   * @param body the decoded body as text
   * @param seen every request that the program can lay hands on after the call, as text with the
   *     URLs and all headers
   */
  record Reply(int status, String body, String seen) {}
}
