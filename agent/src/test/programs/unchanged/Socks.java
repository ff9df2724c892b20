import java.nio.charset.StandardCharsets;

/** What a {@link Wire} does as a SOCKS proxy of version 5 that is itself where it leads. */
final class Socks {
  private static final int A_NAME = 3;

  private Socks() {}

  /** Returns the step that lets whoever connects through, and says where to. */
  static Answer.Step lets(Stage stage) {
    return connection -> {
      int methods = connection.read(2)[1];
      connection.read(methods);
      connection.write(new byte[] {5, 0}); // nobody is asked who he is
      boolean named = connection.read(4)[3] == A_NAME;
      byte[] host = connection.read(named ? connection.read(1)[0] : 4);
      int port = (connection.read(1)[0] & 0xff) << 8 | connection.read(1)[0] & 0xff;
      String name =
          named ? new String(host, StandardCharsets.US_ASCII) : host[0] + "..." + host[3];
      stage.server(connection + "   leads to " + name + ":" + port);
      connection.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
    };
  }

  /** Returns the step that lets nobody through. */
  static Answer.Step refuses() {
    return connection -> {
      connection.read(connection.read(2)[1]);
      connection.write(new byte[] {5, 0});
      connection.read(4);
      connection.write(new byte[] {5, 2, 0, 1, 0, 0, 0, 0, 0, 0});
      Answer.END.run(connection);
    };
  }
}
