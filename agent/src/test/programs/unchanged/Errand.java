import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One request that a case has a client send, whatever the client. */
final class Errand {
  /** What the client knows of a body. */
  enum Kind {
    NONE,
    /** Its length, and how to write it any number of times. */
    KNOWN,
    /** Its length; it can be written once. */
    ONCE,
    /** How to write it any number of times, but not its length. */
    UNKNOWN,
    /** Nothing: it fails half way. */
    BREAKS,
    /** Nothing: it goes on until it cannot be written. */
    ENDLESS
  }

  final String method;
  final String url;
  final List<String[]> headers = new ArrayList<>();
  Kind kind = Kind.NONE;
  byte[] body = {};

  /** How many bytes of the answer are read before the rest is left; -1 for all. */
  int reads = -1;

  /** Closed when the status is there. */
  Closeable atAnswer = () -> {};

  private Errand(String method, String url) {
    this.method = method;
    this.url = url;
  }

  static Errand of(String method, String url) {
    return new Errand(method, url);
  }

  static Errand get(String url) {
    return of("GET", url);
  }

  static Errand post(String url) {
    return of("POST", url).body(Kind.KNOWN, "what is posted");
  }

  Errand body(Kind kind, String body) {
    this.kind = kind;
    this.body = body.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  Errand header(String name, String value) {
    headers.add(new String[] {name, value});
    return this;
  }

  Errand reads(int bytes) {
    reads = bytes;
    return this;
  }

  Errand atAnswer(Closeable action) {
    atAnswer = action;
    return this;
  }
}
