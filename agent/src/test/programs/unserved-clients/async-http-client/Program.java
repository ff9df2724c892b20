import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    AsyncHttpClient client = Dsl.asyncHttpClient();
    for (int i = 0; i < 2; i++) {
      System.out.println(client.prepareGet(args[1]).execute().get().getStatusCode());
    }
    System.exit(0);
  }
}
