import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What a {@link Wire} does on a connection of HTTP/2: to that it is the request {@code PRI *}. It
 * says which streams it sees, and not their headers.
 */
final class Http2 {
  /** What is sent on a stream, as frames. */
  interface Reply {
    byte[] on(int stream) throws IOException;
  }

  static final int REFUSED_STREAM = 7;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int USUAL_WINDOW = 65_535;
  private static final byte[] STATUS_200 = {(byte) 0x88};

  private final Stage stage;
  private final Wire.Connection connection;
  private int window = USUAL_WINDOW;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private Http2(Stage stage, Wire.Connection connection) {
    this.stage = stage;
    this.connection = connection;
  }

  /** Returns the answer to {@code PRI *} that sends a reply when the request of a stream ends. */
  static Answer inTurn(Stage stage, Reply... replies) {
    return duplex(stage, stream -> new byte[0], replies);
  }

  /** Returns one that sends {@code first} as well, as soon as the headers of a stream are there. */
  static Answer duplex(Stage stage, Reply first, Reply... replies) {
    Deque<Reply> turns = new ArrayDeque<>(Arrays.asList(replies));
    return Answer.early(connection -> new Http2(stage, connection).serve(first, turns));
  }

  /**
   * Returns one that lets a body of {@code window} bytes through at a time; if that is none, the
   * body gets stuck where the usual window ends.
   */
  static Answer windowed(Stage stage, int window, Reply... replies) {
    Deque<Reply> turns = new ArrayDeque<>(Arrays.asList(replies));
    return Answer.early(
        connection -> {
          Http2 server = new Http2(stage, connection);
          server.window = window;
          server.serve(stream -> new byte[0], turns);
        });
  }

  static Reply ok() {
    return stream -> joined(headers(stream), data(stream, "ok", true));
  }

  static byte[] headers(int stream) {
    return frame(HEADERS, END_HEADERS, stream, STATUS_200);
  }

  static byte[] trailers(int stream, String name, String value) {
    byte[] block = (" " + (char) name.length() + name + (char) value.length() + value).getBytes();
    block[0] = 0; // a literal, to be kept in no table
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, block);
  }

  static byte[] data(int stream, String text, boolean last) {
    return frame(DATA, last ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] reset(int stream, int code) {
    return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
  }

  static byte[] goAway(int lastStream) {
    return frame(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
  }

  static byte[] joined(byte[]... frames) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] frame : frames) joined.write(frame);
    return joined.toByteArray();
  }

  private void serve(Reply first, Deque<Reply> turns) throws IOException {
    connection.read("SM\r\n\r\n".length());
    connection.write(settings());
    while (true) {
      ByteBuffer head = ByteBuffer.wrap(connection.read(9));
      int lengthAndType = head.getInt();
      int type = lengthAndType & 0xff;
      int flags = head.get();
      int stream = head.getInt();
      byte[] payload = connection.read(lengthAndType >>> 8);
      if (type == SETTINGS && flags != ACK) connection.write(frame(SETTINGS, ACK, 0, new byte[0]));
      if (type == HEADERS) stage.server(connection + "   stream " + stream);
      if (type == HEADERS) connection.write(first.on(stream));
      if (type == DATA) take(stream, payload);
      boolean ends = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
      if (ends) end(stream, turns.size() > 1 ? turns.poll() : turns.peek());
    }
  }

  private byte[] settings() {
    if (window == USUAL_WINDOW) return frame(SETTINGS, 0, 0, new byte[0]);
    byte[] size = ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    return frame(SETTINGS, 0, 0, size);
  }

  private void take(int stream, byte[] payload) throws IOException {
    body.write(payload);
    if (window == 0 || payload.length == 0) return;
    byte[] more = ByteBuffer.allocate(4).putInt(payload.length).array();
    connection.write(frame(WINDOW_UPDATE, 0, 0, more));
    connection.write(frame(WINDOW_UPDATE, 0, stream, more));
  }

  private void end(int stream, Reply reply) throws IOException {
    stage.server(connection + "   ends " + stream + ": " + Stage.summary(body.toByteArray()));
    body.reset();
    connection.write(reply.on(stream));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    return frame.array();
  }
}
