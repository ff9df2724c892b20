import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.TreeMap;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/** A program's extensions of HttpClient, which tell what they see and change nothing. */
final class Telling {
  private Telling() {}

  static String request(HttpRequest request) {
    return request
        + " "
        + request.getScheme()
        + " "
        + request.getAuthority()
        + " "
        + request.getVersion()
        + " "
        + request.getRequestUri()
        + " "
        + Arrays.toString(request.getHeaders());
  }

  private static String of(EntityDetails entity) {
    return entity.getContentLength() + " of " + entity.getContentType() + " " + entity.isChunked();
  }

  static String response(HttpResponse response) {
    return response + " " + response.getVersion() + " " + Arrays.toString(response.getHeaders());
  }

  static void context(Stage stage, HttpClientContext context) {
    stage.say("context of route " + context.getHttpRoute());
    if (context.getRequest() != null) stage.say("  " + request(context.getRequest()));
    if (context.getResponse() != null) stage.say("  " + response(context.getResponse()));
    stage.say("  redirects " + context.getRedirectLocations().getAll());
    stage.say("  cookies " + context.getCookieOrigin() + " " + context.getCookieStore());
    stage.say("  user token " + context.getUserToken());
    new TreeMap<>(named(context)).forEach((host, told) -> stage.say("  " + host + " " + told));
    if (context.getEndpointDetails() != null) {
      stage.say("  requests " + context.getEndpointDetails().getRequestCount());
      stage.say("  responses " + context.getEndpointDetails().getResponseCount());
    }
    for (String key : context.toString().split(", (?=[\\w.-]+=)")) {
      if (key.contains("authgraft")) stage.say("  " + key);
    }
  }

  private static TreeMap<String, String> named(HttpClientContext context) {
    TreeMap<String, String> named = new TreeMap<>();
    context
        .getAuthExchanges()
        .forEach(
            (host, exchange) ->
                named.put(host.toString(), exchange + " " + exchange.getAuthScheme()));
    return named;
  }

  /** A handler of the chain. */
  static final class Handler implements ExecChainHandler {
    private final Stage stage;
    private final String name;

    Handler(Stage stage, String name) {
      this.stage = stage;
      this.name = name;
    }

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
        throws IOException, HttpException {
      stage.say(name + " > " + request(request) + " on " + Thread.currentThread().getName());
      stage.say("  original " + request(scope.originalRequest) + " by " + scope.route);
      stage.say(
          "  acquired "
              + scope.execRuntime.isEndpointAcquired()
              + ", aborted "
              + scope.execRuntime.isExecutionAborted()
              + ", same context "
              + (scope.clientContext.getRequest() == request));
      try {
        ClassicHttpResponse response = chain.proceed(request, scope);
        stage.say(name + " < " + response(response) + " " + (response.getEntity() != null));
        return response;
      } catch (IOException | HttpException | RuntimeException e) {
        stage.say(name + " !");
        stage.threw(e);
        throw e;
      }
    }
  }

  /** An interceptor of requests. */
  static final class Request implements HttpRequestInterceptor {
    private final Stage stage;
    private final String name;

    Request(Stage stage, String name) {
      this.stage = stage;
      this.name = name;
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
      stage.say(name + " > " + request(request) + (entity == null ? "" : " with " + of(entity)));
    }
  }

  /** An interceptor of responses. */
  static final class Response implements HttpResponseInterceptor {
    private final Stage stage;
    private final String name;

    Response(Stage stage, String name) {
      this.stage = stage;
      this.name = name;
    }

    @Override
    public void process(HttpResponse response, EntityDetails entity, HttpContext context) {
      HttpRequest request = HttpClientContext.adapt(context).getRequest();
      stage.say(name + " < " + response(response) + " for " + request(request));
    }
  }

  /** The default, but without a second between two attempts. */
  static final class Retries implements HttpRequestRetryStrategy {
    private final Stage stage;
    private final HttpRequestRetryStrategy usual =
        new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(1));

    Retries(Stage stage) {
      this.stage = stage;
    }

    @Override
    public boolean retryRequest(HttpRequest request, IOException e, int count, HttpContext in) {
      boolean retries = usual.retryRequest(request, e, count, in);
      stage.say("retries " + retries + " after " + count + ", " + request(request) + ": " + e);
      return retries;
    }

    @Override
    public boolean retryRequest(HttpResponse response, int count, HttpContext in) {
      boolean retries = usual.retryRequest(response, count, in);
      stage.say("retries " + retries + " after " + count + ": " + response(response));
      return retries;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext in) {
      TimeValue interval = usual.getRetryInterval(response, count, in);
      stage.say("retries in " + interval);
      return interval;
    }
  }

  /** The default. */
  static final class Redirecting implements RedirectStrategy {
    private final Stage stage;
    private final RedirectStrategy usual = new DefaultRedirectStrategy();

    Redirecting(Stage stage) {
      this.stage = stage;
    }

    @Override
    public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext in)
        throws HttpException {
      boolean redirected = usual.isRedirected(request, response, in);
      stage.say("redirected " + redirected + ": " + request(request) + " " + response(response));
      return redirected;
    }

    @Override
    public URI getLocationURI(HttpRequest request, HttpResponse response, HttpContext in)
        throws HttpException {
      URI location = usual.getLocationURI(request, response, in);
      stage.say("redirected to " + location);
      return location;
    }
  }

  /** The default. */
  static final class Reuse implements ConnectionReuseStrategy {
    private final Stage stage;

    Reuse(Stage stage) {
      this.stage = stage;
    }

    @Override
    public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext in) {
      boolean keeps = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, in);
      stage.say("keeps " + keeps + " after " + (request == null ? null : request(request)));
      return keeps;
    }
  }

  /** The default. */
  static final class KeepAlive implements ConnectionKeepAliveStrategy {
    private final Stage stage;

    KeepAlive(Stage stage) {
      this.stage = stage;
    }

    @Override
    public TimeValue getKeepAliveDuration(HttpResponse response, HttpContext in) {
      TimeValue time =
          DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, in);
      stage.say("keeps for " + time + " after " + response(response));
      return time;
    }
  }
}
