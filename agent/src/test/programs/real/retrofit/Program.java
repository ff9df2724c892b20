import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Uses an API through Retrofit, as its web site shows it. Argument: the API. */
public final class Program {
  interface Users {
    @GET("api/v1/users/{user}/repos")
    Call<ResponseBody> repos(@Path("user") String user);
  }

  public static void main(String[] args) throws Exception {
    Users users = new Retrofit.Builder().baseUrl(args[0] + "/").build().create(Users.class);
    for (String user : new String[] {"one", "two"}) {
      Response<ResponseBody> response = users.repos(user).execute();
      System.out.println(response.code());
    }
    System.exit(0); // OkHttp's threads stay for a minute
  }
}
