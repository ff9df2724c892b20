import org.apache.cxf.jaxrs.client.WebClient;

/** Uses an API through the client of Apache CXF on its default. Argument: the API. */
public final class Program {
  public static void main(String[] args) {
    for (String user : new String[] {"one", "two"}) {
      WebClient client = WebClient.create(args[0]).path("/api/v1/users/" + user);
      System.out.println(client.get().getStatus());
    }
    System.exit(0); // CXF's own threads would keep the JVM for a minute.
  }
}
