import com.squareup.okhttp.OkHttpClient;
import com.squareup.okhttp.OkUrlFactory;
import java.net.URL;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    OkUrlFactory factory = new OkUrlFactory(new OkHttpClient());
    for (int i = 0; i < 2; i++) {
      System.out.println(factory.open(new URL(args[1])).getResponseCode());
    }
    System.exit(0);
  }
}
