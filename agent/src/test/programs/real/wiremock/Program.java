import com.github.tomakehurst.wiremock.standalone.WireMockServerRunner;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URL;

/** Runs WireMock as a proxy of an API, as from its command line. Argument: the API. */
public final class Program {
  public static void main(String[] args) throws Exception {
    String port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = Integer.toString(free.getLocalPort());
    }
    new WireMockServerRunner()
        .run(
            "--port",
            port,
            "--bind-address",
            "127.0.0.1",
            "--disable-banner",
            "--proxy-all",
            args[0]);
    for (String user : new String[] {"one", "two"}) {
      URL url = new URL("http://127.0.0.1:" + port + "/api/v1/users/" + user);
      System.out.println(((HttpURLConnection) url.openConnection()).getResponseCode());
    }
    System.exit(0);
  }
}
