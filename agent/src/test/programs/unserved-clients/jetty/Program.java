import org.eclipse.jetty.client.HttpClient;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    HttpClient client = new HttpClient();
    client.start();
    for (int i = 0; i < 2; i++) System.out.println(client.GET(args[1]).getStatus());
    System.exit(0);
  }
}
