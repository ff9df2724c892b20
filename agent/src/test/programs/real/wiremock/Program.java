import com.github.tomakehurst.wiremock.standalone.WireMockServerRunner;
import java.net.HttpURLConnection;
import java.net.URL;

/** Runs WireMock as a proxy of an API, as from its command line. Argument: the API. */
public final class Program {
  public static void main(String[] args) throws Exception {
    WireMockServerRunner runner = new WireMockServerRunner();
    runner.run(
        "--port",
        "0",
        "--bind-address",
        "127.0.0.1",
        "--disable-banner",
        "--proxy-all",
        args[0]);
    for (String user : new String[] {"one", "two"}) {
      URL url = new URL("http://127.0.0.1:" + runner.port() + "/api/v1/users/" + user);
      System.out.println(((HttpURLConnection) url.openConnection()).getResponseCode());
    }
    System.exit(0);
  }
}
