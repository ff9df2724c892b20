package example;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An interceptor of a program, which changes requests as a header of theirs says. It is in a
 * package of its own: what has Authgraft in its name is taken for one of Authgraft's.
 */
public final class Rewriting implements Interceptor {
  private final boolean isOuter;

  public Rewriting(boolean isOuter) {
    this.isOuter = isOuter;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String[] words = String.valueOf(request.header("X-Rewrite")).split(" ");
    if (words.length < 3 || words[0].equals("outer") != isOuter) return chain.proceed(request);
    Request.Builder builder = request.newBuilder();
    if (words[1].equals("set")) builder.header(words[2], words[3]);
    else if (words[1].equals("add")) builder.addHeader(words[2], words[3]);
    else builder.url(request.url().newBuilder().encodedPath(words[2]).build());
    return chain.proceed(builder.build());
  }
}
