import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server that accepts nobody, and at which so many wait that the next cannot even connect. */
final class Full implements Closeable {
  private static final int MILLIS = 1_000;

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();

  Full() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    while (connects()) {}
  }

  int port() {
    return server.getLocalPort();
  }

  private boolean connects() throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(new InetSocketAddress(server.getInetAddress(), port()), MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) socket.close();
    server.close();
  }
}
