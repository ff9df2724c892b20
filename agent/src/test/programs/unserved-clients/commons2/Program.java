import org.apache.commons.httpclient.HttpClient;
import org.apache.commons.httpclient.methods.GetMethod;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    HttpClient client = new HttpClient();
    for (int i = 0; i < 2; i++) System.out.println(client.executeMethod(new GetMethod(args[1])));
    System.exit(0);
  }
}
