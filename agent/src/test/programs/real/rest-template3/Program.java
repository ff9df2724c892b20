import org.springframework.http.client.CommonsClientHttpRequestFactory;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestTemplate;

/** Uses an API through RestTemplate of Spring 3 on Commons HttpClient 3. Argument: the API. */
public final class Program {
  public static void main(String[] args) {
    RestTemplate rest = new RestTemplate(new CommonsClientHttpRequestFactory());
    for (String user : new String[] {"one", "two"}) {
      try {
        rest.getForObject(args[0] + "/api/v1/users/{user}", String.class, user);
        System.out.println(200);
      } catch (HttpStatusCodeException e) {
        System.out.println(e.getStatusCode().value());
      }
    }
  }
}
