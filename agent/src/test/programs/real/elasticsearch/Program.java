import org.apache.http.HttpHost;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** Asks Elasticsearch through its own client, which is asynchronous. Argument: the API. */
public final class Program {
  public static void main(String[] args) throws Exception {
    try (RestClient client = RestClient.builder(HttpHost.create(args[0])).build()) {
      for (String index : new String[] {"one", "two"}) {
        try {
          Request request = new Request("GET", "/api/v1/" + index + "/_search");
          System.out.println(client.performRequest(request).getStatusLine().getStatusCode());
        } catch (ResponseException e) {
          System.out.println(e.getResponse().getStatusLine().getStatusCode());
        }
      }
    }
  }
}
