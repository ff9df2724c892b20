package dev.authgraft.habitats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Another address of a server on loopback: what connects to it is passed on. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int port;

  Relay(int port) {
    this.port = port;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket in = server.accept();
      Socket out = new Socket(server.getInetAddress(), port);
      start(() -> pass(in, out));
      start(() -> pass(out, in));
    }
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private static void start(Task task) {
    Thread thread = new Thread(() -> run(task), "relay");
    thread.setDaemon(true);
    thread.start();
  }

  /* Either side's end is the other's, and a closed server is the end of all. */
  private static @Nullable IOException run(Task task) {
    try {
      task.run();
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private interface Task {
    void run() throws IOException;
  }
}
