import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;

/** Uses HttpClient 5. Arguments: sync or async, perhaps a user and a password. */
public final class Program {
  public static void main(String[] args) throws Exception {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    if (args.length > 1) {
      credentials.setCredentials(
          new AuthScope(null, -1),
          new UsernamePasswordCredentials(args[1], args[2].toCharArray()));
    }
    Calls calls =
        args[0].equals("sync") ? new Classic(credentials) : new Async(credentials);
    calls.serve();
  }
}
