import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A web socket that opens: each end sends one message, and the server ends it. */
final class Sockets {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Sockets() {}

  static Answer accepted(Stage stage) {
    return Answer.early(
        connection -> {
          connection.write(head(connection.header("sec-websocket-key")));
          stage.server(connection + "   message " + message(connection));
          connection.write(new byte[] {(byte) 0x81, 2, 'h', 'i'});
          connection.write(new byte[] {(byte) 0x88, 5, 3, (byte) 0xE8, 'b', 'y', 'e'});
          stage.server(connection + "   end of " + message(connection).length());
          Answer.END.run(connection);
        });
  }

  private static byte[] head(String key) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      String accept = Base64.getEncoder().encodeToString(hash);
      return ("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accept
              + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Reads a short frame, which a client masks. */
  private static String message(Wire.Connection connection) throws IOException {
    byte[] head = connection.read(6);
    byte[] text = connection.read(head[1] & 0x7f);
    for (int i = 0; i < text.length; i++) text[i] ^= head[2 + i % 4];
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The program's end. */
  static final class Telling extends WebSocketListener {
    private final Stage stage;
    private final CountDownLatch done;

    Telling(Stage stage, CountDownLatch done) {
      this.stage = stage;
      this.done = done;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      stage.say("open " + response.code() + " " + response.headers().names());
      stage.say("  for " + response.request().headers().names());
      socket.send("hello");
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      stage.say("message " + text);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      stage.say("closing " + code + " " + reason);
      socket.close(1000, null);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      stage.say("closed " + code + " " + reason);
      done.countDown();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable thrown, Response response) {
      stage.threw(thrown);
      done.countDown();
    }
  }
}
