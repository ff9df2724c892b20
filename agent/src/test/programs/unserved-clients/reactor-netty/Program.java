import reactor.netty.http.client.HttpClient;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    HttpClient client = HttpClient.create();
    for (int i = 0; i < 2; i++) {
      System.out.println(client.get().uri(args[1]).response().block().status().code());
    }
    System.exit(0);
  }
}
