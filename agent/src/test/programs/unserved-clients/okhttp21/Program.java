import com.squareup.okhttp.OkHttpClient;
import com.squareup.okhttp.Request;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    OkHttpClient client = new OkHttpClient();
    for (int i = 0; i < 2; i++) {
      Request request = new Request.Builder().url(args[1]).build();
      System.out.println(client.newCall(request).execute().code());
    }
    System.exit(0);
  }
}
