import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A web socket that waits for one message. */
final class Socket extends WebSocketListener {
  private final CompletableFuture<String> opened = new CompletableFuture<>();
  private final CompletableFuture<String> received = new CompletableFuture<>();

  static String open(OkHttpClient client, Request request) throws Exception {
    Socket socket = new Socket();
    WebSocket connection = client.newWebSocket(request, socket);
    String message = socket.received.get(200, TimeUnit.SECONDS);
    connection.cancel();
    return socket.opened.join() + " " + message;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opened.complete(response.code() + " " + response.request().header("Authorization"));
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    received.complete(text);
  }

  @Override
  public void onFailure(WebSocket socket, Throwable failure, Response response) {
    received.completeExceptionally(failure);
  }
}
