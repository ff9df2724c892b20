package dev.authgraft.okhttp;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.ContainmentContract;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Served by hand, calls executed. */
class OkHttpContainmentTest extends ContainmentContract {
  @Override
  protected Client open(Authgraft authgraft) {
    OkHttpClient client =
        OkHttpAuth.install(OkHttpTestClient.builder(null), authgraft)
            .retryOnConnectionFailure(false)
            .build();
    return new Client() {
      @Override
      public void get(String url, Told told) {
        send(client.newCall(new Request.Builder().url(url).build()), told);
      }

      @Override
      public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
      }
    };
  }

  void send(Call call, Told told) {
    int status;
    try (Response response = call.execute()) {
      status = response.code();
    } catch (Throwable e) {
      told.failed(e);
      return;
    }
    told.answered(status);
  }

  /** The same, calls enqueued. */
  static class Enqueued extends OkHttpContainmentTest {
    @Override
    void send(Call call, Told told) {
      call.enqueue(
          new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
              told.failed(e);
            }

            @Override
            public void onResponse(Call done, Response response) {
              response.close();
              told.answered(response.code());
            }
          });
    }
  }
}
