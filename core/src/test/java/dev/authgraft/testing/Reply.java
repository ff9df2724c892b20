package dev.authgraft.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a server answers. */
public final class Reply {
  private final int status;
  private final List<String[]> headers;
  private final byte[] body;
  private final boolean dropped;
  private final boolean endless;

  private Reply(int status, List<String[]> headers, byte[] body, boolean dropped, boolean endless) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.dropped = dropped;
    this.endless = endless;
  }

  /** Returns an answer with a JSON object. */
  public static Reply json(int status, Map<String, ?> object) {
    return of(status, "application/json", Json.write(object));
  }

  /** Returns an answer with {@code {"message": …}}. */
  public static Reply problem(int status, String message) {
    return json(status, Map.of("message", message));
  }

  /** Returns an answer with {@code body} in UTF-8. */
  public static Reply of(int status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, List.of(), bytes, false, false).header("Content-Type", contentType);
  }

  /** Returns an answer without a body. */
  public static Reply empty(int status) {
    return new Reply(status, List.of(), new byte[0], false, false);
  }

  /** Returns a 302 to {@code location}. */
  public static Reply redirect(String location) {
    return empty(302).header("Location", location);
  }

  /** Returns no answer: the connection is closed. */
  public static Reply dropped() {
    return new Reply(0, List.of(), new byte[0], true, false);
  }

  /** Returns a 200 whose body never ends: a byte comes every now and then. */
  public static Reply endless() {
    return new Reply(200, List.of(), new byte[0], false, true);
  }

  /** Returns this with one more header. */
  public Reply header(String name, String value) {
    List<String[]> more = new ArrayList<>(headers);
    more.add(new String[] {name, value});
    return new Reply(status, more, body, dropped, endless);
  }

  int status() {
    return status;
  }

  List<String[]> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  boolean isDropped() {
    return dropped;
  }

  boolean isEndless() {
    return endless;
  }
}
