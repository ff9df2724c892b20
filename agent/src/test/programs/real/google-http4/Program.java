import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;

/** Uses an API through Google's HTTP client on HttpClient 4. Argument: the API. */
public final class Program {
  public static void main(String[] args) throws Exception {
    HttpRequestFactory requests = new ApacheHttpTransport().createRequestFactory();
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
