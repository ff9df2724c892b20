import com.squareup.okhttp.OkHttpClient;
import retrofit.RestAdapter;
import retrofit.RetrofitError;
import retrofit.client.OkClient;
import retrofit.client.Response;
import retrofit.http.GET;
import retrofit.http.Path;

/** Uses an API through Retrofit 1 on OkHttp 2. Argument: the API. */
public final class Program {
  interface Users {
    @GET("/api/v1/users/{user}")
    Response get(@Path("user") String user);
  }

  public static void main(String[] args) {
    OkClient client = new OkClient(new OkHttpClient());
    RestAdapter adapter =
        new RestAdapter.Builder().setEndpoint(args[0]).setClient(client).build();
    Users users = adapter.create(Users.class);
    for (String user : new String[] {"one", "two"}) {
      try {
        System.out.println(users.get(user).getStatus());
      } catch (RetrofitError e) {
        System.out.println(e.getResponse().getStatus());
      }
    }
  }
}
