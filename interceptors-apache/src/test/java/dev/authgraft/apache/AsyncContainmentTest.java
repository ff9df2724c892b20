package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.minimal.ExchangeHandlerHook;
import dev.authgraft.testing.ContainmentContract;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.support.BasicClientExchangeHandler;

/** Asynchronous calls, served by hand. */
class AsyncContainmentTest extends ContainmentContract {
  @Override
  protected Client open(Authgraft authgraft) {
    CloseableHttpAsyncClient client =
        ApacheAuth.install(HttpAsyncClients.custom(), authgraft).disableAutomaticRetries().build();
    client.start();
    return client(client, (request, told) -> client.execute(request, telling(told)));
  }

  private static Client client(CloseableHttpAsyncClient client, Sending sending) {
    return new Client() {
      @Override
      public void get(String url, Told told) {
        try {
          sending.send(new SimpleHttpRequest("GET", URI.create(url)), told);
        } catch (Throwable e) {
          told.failed(e);
        }
      }

      @Override
      public void close() throws Exception {
        client.close();
      }
    };
  }

  private static FutureCallback<SimpleHttpResponse> telling(Told told) {
    return new FutureCallback<>() {
      @Override
      public void completed(SimpleHttpResponse response) {
        told.answered(response.getCode());
      }

      @Override
      public void failed(Exception e) {
        // Which a program that asks the future gets as the cause, like any other.
        told.failed(e instanceof HttpException ? new IOException(e.getMessage(), e) : e);
      }

      @Override
      public void cancelled() {
        told.failed(new IOException("canceled"));
      }
    };
  }

  private interface Sending {
    void send(SimpleHttpRequest request, Told told) throws Exception;
  }

  /** The minimal client, served as by the agent's hook. */
  static class Minimal extends AsyncContainmentTest {
    @Override
    protected Client open(Authgraft authgraft) {
      MinimalHttpAsyncClient client = HttpAsyncClients.createMinimal();
      client.start();
      ExchangeHandlerHook hook = new ExchangeHandlerHook(() -> authgraft);
      return client(
          client,
          (request, told) -> {
            AsyncClientExchangeHandler handler =
                new BasicClientExchangeHandler<>(
                    SimpleRequestProducer.create(request),
                    SimpleResponseConsumer.create(),
                    telling(told));
            client.execute((AsyncClientExchangeHandler) hook.replace(handler, 0));
          });
    }
  }
}
