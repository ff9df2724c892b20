import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Cases of handlers and interceptors of the program's: well-behaved, and not. */
final class ApacheChains {
  /** HttpClient waits for an answer where a handler has taken it, or its connection. */
  private static final Settings IMPATIENT = new Settings().readTimeout(Settings.SHORT);

  private static final Answer OK = Answer.text("200 OK", "ok");
  private static final List<String> PLACES = Arrays.asList("first", "middle", "last");

  private ApacheChains() {}

  static void addTo(Unchanged suite) {
    handlers(suite);
    interceptors(suite);
  }

  private static void handlers(Unchanged suite) {
    handler(
        suite::add,
        "that answers itself",
        (request, scope, chain) -> {
          ClassicHttpResponse own = new BasicClassicHttpResponse(203, "Own");
          own.setEntity(new StringEntity("own"));
          return own;
        });
    handler(
        suite::add,
        "that sets headers",
        (request, scope, chain) -> {
          request.setHeader("X-Own", "1");
          return chain.proceed(request, scope);
        });
    handler(
        suite::add,
        "that changes the path",
        (request, scope, chain) -> {
          request.setPath("/there");
          return chain.proceed(request, scope);
        });
    handler(
        suite::add,
        "that changes the answer",
        (request, scope, chain) -> {
          ClassicHttpResponse response = chain.proceed(request, scope);
          response.setHeader("X-Own", "1");
          response.setCode(299);
          return response;
        });
    handler(
        suite::add,
        "that reads the whole body",
        (request, scope, chain) -> {
          ClassicHttpResponse response = chain.proceed(request, scope);
          response.setEntity(
              new StringEntity(EntityUtils.toString(response.getEntity()) + ", own"));
          return response;
        });
    handler(
        suite::add,
        "that proceeds twice",
        (request, scope, chain) -> {
          EntityUtils.consume(chain.proceed(request, scope).getEntity());
          return chain.proceed(request, scope);
        });
    handler(
        suite::addWaiting,
        "that proceeds twice and leaves the first answer open",
        (request, scope, chain) -> {
          chain.proceed(request, scope);
          return chain.proceed(request, scope);
        });
    handler(
        suite::add,
        "that makes a scope of its own",
        (request, scope, chain) ->
            chain.proceed(
                request,
                new ExecChain.Scope(
                    scope.exchangeId,
                    scope.route,
                    scope.originalRequest,
                    scope.execRuntime,
                    scope.clientContext)));
    handler(
        suite::add,
        "that throws an IOException",
        (request, scope, chain) -> {
          throw suppressing(new IOException("own", new Exception("its cause")));
        });
    handler(
        suite::add,
        "that throws an HttpException",
        (request, scope, chain) -> {
          throw suppressing(new HttpException("own", new Exception("its cause")));
        });
    handler(
        suite::add,
        "that throws what is no IOException",
        (request, scope, chain) -> {
          throw suppressing(new IllegalStateException("own", new Exception("its cause")));
        });
    handler(
        suite::add,
        "that throws an Error",
        (request, scope, chain) -> {
          throw suppressing(new AssertionError("own"));
        });
    handler(
        suite::addWaiting,
        "that throws after the answer",
        (request, scope, chain) -> {
          chain.proceed(request, scope);
          throw new IOException("own");
        });
    handler(
        suite::add,
        "that drops the connection",
        (request, scope, chain) -> {
          ClassicHttpResponse response = chain.proceed(request, scope);
          scope.execRuntime.discardEndpoint();
          return response;
        });
    handler(
        suite::addWaiting,
        "that tries again after a failure",
        (request, scope, chain) -> {
          try {
            throw new IOException("before " + chain.proceed(request, scope).getCode());
          } catch (IOException e) {
            return chain.proceed(request, scope);
          }
        });
  }

  private static void interceptors(Unchanged suite) {
    sent(suite, "sets headers", (request, entity, context) -> request.setHeader("X-Own", "1"));
    sent(suite, "removes headers", (request, entity, context) -> request.removeHeaders("Host"));
    sent(suite, "changes the path", (request, entity, context) -> request.setPath("/there"));
    sent(
        suite,
        "sets a length",
        (request, entity, context) -> request.setHeader("Content-Length", 0));
    sent(
        suite,
        "sets a credential",
        (request, entity, context) -> request.setHeader("Authorization", "Own it"));
    sent(
        suite,
        "throws an IOException",
        (request, entity, context) -> {
          throw suppressing(new IOException("own"));
        });
    sent(
        suite,
        "throws an HttpException",
        (request, entity, context) -> {
          throw suppressing(new ProtocolException("own"));
        });
    sent(
        suite,
        "throws what is no IOException",
        (request, entity, context) -> {
          throw suppressing(new IllegalStateException("own"));
        });
    sent(
        suite,
        "throws an Error",
        (request, entity, context) -> {
          throw suppressing(new AssertionError("own"));
        });
    received(
        suite,
        "throws an Error",
        (response, entity, context) -> {
          throw suppressing(new AssertionError("own"));
        });
    received(
        suite, "sets headers", (response, entity, context) -> response.setHeader("X-Own", "1"));
    received(suite, "sets the status", (response, entity, context) -> response.setCode(299));
    received(
        suite,
        "throws an IOException",
        (response, entity, context) -> {
          throw suppressing(new IOException("own"));
        });
    received(
        suite,
        "throws an HttpException",
        (response, entity, context) -> {
          throw suppressing(new HttpException("own"));
        });
    received(
        suite,
        "throws what is no IOException",
        (response, entity, context) -> {
          throw suppressing(new IllegalStateException("own"));
        });
  }

  private static void handler(
      BiConsumer<String, Unchanged.Case> adding, String name, ExecChainHandler handler) {
    for (String place : PLACES) {
      adding.accept(
          "a " + place + " handler " + name,
          stage -> {
            PoolingHttpClientConnectionManager pool = Apache.pool(IMPATIENT);
            HttpClientBuilder builder = Apache.builder(stage, IMPATIENT, pool);
            String protocol = ChainElement.PROTOCOL.name();
            if (place.equals("first")) builder.addExecInterceptorFirst("own", handler);
            if (place.equals("middle")) builder.addExecInterceptorBefore(protocol, "own", handler);
            if (place.equals("last")) builder.addExecInterceptorLast("own", handler);
            run(stage, builder, pool);
          });
    }
  }

  private static void sent(Unchanged suite, String name, HttpRequestInterceptor interceptor) {
    suite.add(
        "an interceptor of requests that " + name,
        stage -> {
          PoolingHttpClientConnectionManager pool = Apache.pool(IMPATIENT);
          HttpClientBuilder builder = Apache.builder(stage, IMPATIENT, pool);
          run(stage, builder.addRequestInterceptorLast(interceptor), pool);
        });
  }

  private static void received(Unchanged suite, String name, HttpResponseInterceptor interceptor) {
    suite.add(
        "an interceptor of answers that " + name,
        stage -> {
          PoolingHttpClientConnectionManager pool = Apache.pool(IMPATIENT);
          HttpClientBuilder builder = Apache.builder(stage, IMPATIENT, pool);
          run(stage, builder.addResponseInterceptorFirst(interceptor), pool);
        });
  }

  private static void run(
      Stage stage, HttpClientBuilder builder, PoolingHttpClientConnectionManager pool)
      throws IOException {
    stage.a().on("/there", OK);
    Apache client = stage.closing(new Apache(stage, pool, builder.build()));
    client.send(ApacheCalls.get(stage, OK), Errand.get("/"), HttpClientContext.create());
  }

  private static <T extends Throwable> T suppressing(T thrown) {
    thrown.addSuppressed(new IOException("suppressed"));
    return thrown;
  }
}
