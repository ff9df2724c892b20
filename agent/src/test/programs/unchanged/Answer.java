import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What a {@link Wire} does with a request, step by step. */
final class Answer {
  /** One thing done to the connection. */
  interface Step {
    void run(Wire.Connection connection) throws IOException;
  }

  static final Step CLOSE = connection -> connection.socket.close();

  /**
   * Ends the connection and reads what still comes: with something unread, its end would be a
   * reset, and whether there is something is chance.
   */
  static final Step END =
      connection -> {
        connection.socket.shutdownOutput();
        connection.drain();
      };

  /** Reads and says nothing until the client goes. */
  static final Step HANG = Wire.Connection::drain;

  private final List<Step> steps;

  private Answer(Step... steps) {
    this.steps = new ArrayList<>(Arrays.asList(steps));
  }

  /** Returns the answer that reads the whole request and then takes {@code steps}. */
  static Answer of(Step... steps) {
    Answer answer = new Answer(Wire.Connection::readBody);
    answer.steps.addAll(Arrays.asList(steps));
    return answer;
  }

  /** Returns the answer that leaves the request's body unread. */
  static Answer early(Step... steps) {
    return new Answer(steps);
  }

  static Answer text(String status, String body, String... headers) {
    return bytes(status, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Returns an answer with a {@code Content-Length}, which arrives in one piece. */
  static Answer bytes(String status, byte[] body, String... headers) {
    byte[] head = head(status, headers, "Content-Length: " + body.length);
    byte[] whole = joined(head, body);
    return of(connection -> connection.write(connection.isHead() ? head : whole));
  }

  /** Returns an answer without a body and without a word of one. */
  static Answer bare(String status, String... headers) {
    byte[] head = head(status, headers);
    return of(connection -> connection.write(head));
  }

  /** Returns {@code known} for who sends a user and a password, and {@code unknown} for others. */
  static Answer basic(Answer unknown, Answer known) {
    return early(connection -> (connection.sends("Basic") ? known : unknown).run(connection));
  }

  /*
   * In one piece, too: OkHttp, where a program leaves an answer unread, gives the rest of it a
   * tenth of a second to arrive, or else gives up the connection.
   */
  static Answer chunked(String status, String body, String... headers) {
    byte[] head = head(status, headers, "Transfer-Encoding: chunked");
    String chunks = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    byte[] whole = joined(head, chunks.getBytes(StandardCharsets.ISO_8859_1));
    return of(connection -> connection.write(whole));
  }

  private static byte[] joined(byte[] head, byte[] body) {
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  static Step raw(String text) {
    return connection -> connection.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] head(String status, String[] headers, String... more) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    for (String header : headers) head.append(header).append("\r\n");
    for (String header : more) head.append(header).append("\r\n");
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  Answer then(Step step) {
    steps.add(step);
    return this;
  }

  void run(Wire.Connection connection) throws IOException {
    for (Step step : steps) step.run(connection);
  }

  static byte[] deflate(String text, boolean raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
