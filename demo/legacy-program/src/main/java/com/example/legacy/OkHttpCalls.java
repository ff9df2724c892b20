package com.example.legacy;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls with OkHttp. */
final class OkHttpCalls implements Closeable {
  private static final MediaType JSON = MediaType.get("application/json");

  // A redirect is an answer like any other here: the portal has no business sending one.
  private final OkHttpClient client = new OkHttpClient.Builder().followRedirects(false).build();

  void call(String method, String url, String body) {
    String status;
    try (Response response = client.newCall(request(method, url, body)).execute()) {
      status = read(response);
    } catch (IOException e) {
      status = failed(e);
    }
    LegacyProgram.print("OkHttp", method, url, status);
  }

  void callAsync(String method, String url, String body) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    client
        .newCall(request(method, url, body))
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) throws IOException {
                try (Response answer = response) {
                  end(read(answer));
                }
              }

              @Override
              public void onFailure(Call call, IOException e) {
                end(failed(e));
              }

              private void end(String status) {
                LegacyProgram.print("OkHttp async", method, url, status);
                done.countDown();
              }
            });
    done.await();
  }

  private static Request request(String method, String url, String body) {
    RequestBody json = body == null ? null : RequestBody.create(body, JSON);
    return new Request.Builder().url(url).method(method, json).build();
  }

  private static String read(Response response) throws IOException {
    response.body().bytes();
    return String.valueOf(response.code());
  }

  private static String failed(IOException e) {
    System.err.println(e);
    return "failed";
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
