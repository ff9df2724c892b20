import feign.Feign;
import feign.FeignException;
import feign.Param;
import feign.RequestLine;
import feign.httpclient.ApacheHttpClient;

/** Uses an API through Feign on HttpClient 4, as its README shows it. Argument: the API. */
public final class Program {
  interface Users {
    @RequestLine("GET /api/v1/users/{user}/repos")
    String repos(@Param("user") String user);
  }

  public static void main(String[] args) {
    Users users = Feign.builder().client(new ApacheHttpClient()).target(Users.class, args[0]);
    for (String user : new String[] {"one", "two"}) {
      try {
        users.repos(user);
        System.out.println(200);
      } catch (FeignException e) {
        System.out.println(e.status());
      }
    }
  }
}
