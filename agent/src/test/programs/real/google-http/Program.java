import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;

/** Uses an API through Google's HTTP client on its default transport. Argument: the API. */
public final class Program {
  public static void main(String[] args) throws Exception {
    HttpRequestFactory requests = new NetHttpTransport().createRequestFactory();
    for (String user : new String[] {"one", "two"}) {
      try {
        GenericUrl url = new GenericUrl(args[0] + "/api/v1/users/" + user);
        HttpResponse response = requests.buildGetRequest(url).execute();
        System.out.println(response.getStatusCode());
        response.disconnect();
      } catch (HttpResponseException e) {
        System.out.println(e.getStatusCode());
      }
    }
  }
}
