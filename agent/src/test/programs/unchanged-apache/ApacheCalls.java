import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Cases of HttpClient's calls: their life, contexts, response handlers, the pool's limits. */
final class ApacheCalls {
  private static final Answer OK = Answer.text("200 OK", "ok");

  private ApacheCalls() {}

  /** How a case wants a client or a request, beyond {@link Settings}. */
  private interface Setup<T> {
    void apply(T settings);
  }

  static void addTo(Unchanged suite) {
    lives(suite);
    pools(suite);
    contexts(suite);
    handlers(suite);
    builders(suite);
    configs(suite);
  }

  private static void lives(Unchanged suite) {
    suite.add(
        "a request canceled before",
        stage -> {
          HttpUriRequestBase request = get(stage, OK);
          request.cancel();
          stage.say("canceled " + request.isCancelled());
          open(stage, builder -> {}).send(request, Errand.get("/"), HttpClientContext.create());
        });
    suite.add(
        "a request sent twice",
        stage -> {
          HttpUriRequestBase request = get(stage, OK);
          Apache client = open(stage, builder -> {});
          client.send(request, Errand.get("/"), HttpClientContext.create());
          client.send(request, Errand.get("/"), HttpClientContext.create());
        });
    suite.add(
        "a client that is closed before",
        stage -> {
          Apache client = open(stage, builder -> {});
          client.close();
          client.send(get(stage, OK), Errand.get("/"), HttpClientContext.create());
        });
    suite.add(
        "a client that is closed while a call waits",
        stage -> {
          stage.unordered();
          Apache[] client = new Apache[1];
          Answer closes = Answer.of(connection -> stage.caller().awaitReading());
          closes.then(connection -> stage.aside(client[0])).then(Answer.HANG);
          HttpUriRequestBase request = get(stage, closes);
          client[0] = open(stage, HttpClientBuilder::disableAutomaticRetries);
          client[0].send(request, Errand.get("/"), HttpClientContext.create());
        });
    suite.add(
        "a host that is said apart",
        stage -> {
          stage.a().on("/", OK);
          HttpHost host = new HttpHost("http", "one.test", stage.a().port());
          try (CloseableHttpClient client = builder(stage).build();
              CloseableHttpResponse response = client.execute(host, new HttpGet("/"))) {
            stage.say("answer " + Telling.response(response));
          }
        });
    suite.add(
        "a request of HTTP/1.0",
        stage -> {
          HttpUriRequestBase request = get(stage, OK);
          request.setVersion(HttpVersion.HTTP_1_0);
          open(stage, builder -> {}).send(request, Errand.get("/"), HttpClientContext.create());
        });
  }

  private static void pools(Unchanged suite) {
    suite.add(
        "a pool whose only connection is not given back",
        stage -> {
          PoolingHttpClientConnectionManager pool =
              Apache.pool(new Settings().connectionsPerHost(1));
          RequestConfig waits =
              Apache.config(new Settings())
                  .setConnectionRequestTimeout(Timeout.ofMilliseconds(300))
                  .build();
          CloseableHttpClient client =
              Apache.builder(stage, new Settings(), pool).setDefaultRequestConfig(waits).build();
          Apache told = stage.closing(new Apache(stage, pool, client));
          CloseableHttpResponse leaked = client.execute(get(stage, OK));
          told.send(get(stage, OK), Errand.get("/"), HttpClientContext.create());
          EntityUtils.consume(leaked.getEntity());
          told.send(get(stage, OK), Errand.get("/"), HttpClientContext.create());
        });
    suite.add(
        "a pool that is emptied between two calls",
        stage -> {
          PoolingHttpClientConnectionManager pool = Apache.pool(new Settings());
          CloseableHttpClient client = Apache.builder(stage, new Settings(), pool).build();
          Apache told = stage.closing(new Apache(stage, pool, client));
          told.send(get(stage, OK), Errand.get("/"), HttpClientContext.create());
          pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
          told.send(get(stage, OK), Errand.get("/"), HttpClientContext.create());
        });
    suite.add(
        "a manager of one connection",
        stage -> {
          CloseableHttpClient client =
              builder(stage).setConnectionManager(new BasicHttpClientConnectionManager()).build();
          stage.closing(client);
          CloseableHttpResponse first = client.execute(get(stage, OK));
          try {
            client.execute(get(stage, OK));
          } catch (IOException | RuntimeException e) {
            stage.threw(e);
          }
          stage.say("body " + EntityUtils.toString(first.getEntity()));
          stage.say("again " + client.execute(get(stage, OK)));
        });
  }

  private static void contexts(Unchanged suite) {
    suite.add(
        "a context of several calls",
        stage -> {
          HttpClientContext context = HttpClientContext.create();
          context.setAttribute("own", "1");
          stage.a().on("/there", OK);
          Answer moves = Answer.text("302 Found", "", "Location: /there", "Set-Cookie: s=1");
          Apache client = open(stage, builder -> {});
          client.send(get(stage, moves), Errand.get("/"), context);
          client.send(get(stage, OK), Errand.get("/"), context);
          stage.say("own " + context.getAttribute("own"));
        });
    suite.add(
        "a context that an interceptor prints",
        stage -> {
          HttpClientContext context = HttpClientContext.create();
          context.setAttribute("own", "1");
          open(
                  stage,
                  builder ->
                      builder.addRequestInterceptorLast(
                          (request, entity, seen) -> {
                            for (String key : seen.toString().split(", (?=[\\w.-]+=)")) {
                              stage.say("attribute " + key.split("=")[0]);
                            }
                          }))
              .send(get(stage, OK), Errand.get("/"), context);
        });
    suite.add(
        "credentials that are sent unasked",
        stage -> {
          HttpUriRequestBase request = get(stage, OK);
          BasicScheme scheme = new BasicScheme();
          scheme.initPreemptive(new UsernamePasswordCredentials("me", "secret".toCharArray()));
          BasicAuthCache cache = new BasicAuthCache();
          cache.put(new HttpHost("http", "127.0.0.1", stage.a().port()), scheme);
          HttpClientContext context = HttpClientContext.create();
          context.setAuthCache(cache);
          open(stage, builder -> {}).send(request, Errand.get("/"), context);
        });
    suite.add(
        "a connection that belongs to a user",
        stage -> {
          Apache client =
              open(stage, builder -> builder.setUserTokenHandler((route, context) -> "me"));
          HttpClientContext context = HttpClientContext.create();
          client.send(get(stage, OK), Errand.get("/"), context);
          client.send(get(stage, OK), Errand.get("/"), context);
          client.send(get(stage, OK), Errand.get("/"), HttpClientContext.create());
        });
  }

  private static void handlers(Unchanged suite) {
    handled(suite, "that reads", response -> EntityUtils.toString(response.getEntity()));
    handled(suite, "that does not read", response -> "status " + response.getCode());
    handled(
        suite,
        "that throws an IOException",
        response -> {
          throw new IOException("own");
        });
    handled(
        suite,
        "that throws what is no IOException",
        response -> {
          throw new IllegalStateException("own");
        });
  }

  private static void handled(
      Unchanged suite, String name, HttpClientResponseHandler<String> handler) {
    suite.add(
        "a response handler " + name,
        stage -> {
          PoolingHttpClientConnectionManager pool = Apache.pool(new Settings());
          CloseableHttpClient client = Apache.builder(stage, new Settings(), pool).build();
          stage.closing(client);
          for (int i = 0; i < 2; i++) {
            try {
              stage.say("handled " + client.execute(get(stage, OK), handler));
            } catch (IOException | RuntimeException e) {
              stage.threw(e);
            }
            stage.say("pool " + pool.getTotalStats());
          }
        });
  }

  private static void builders(Unchanged suite) {
    built(
        suite,
        "default headers",
        builder ->
            builder.setDefaultHeaders(
                Arrays.asList(new BasicHeader("X-Own", "1"), new BasicHeader("X-Own", "2"))));
    built(
        suite,
        "a default credential",
        builder ->
            builder.setDefaultHeaders(Arrays.asList(new BasicHeader("Authorization", "Own it"))));
    built(suite, "a user agent", builder -> builder.setUserAgent("legacy/1"));
    built(suite, "no user agent", HttpClientBuilder::disableDefaultUserAgent);
    built(suite, "no compression", HttpClientBuilder::disableContentCompression);
    built(suite, "no cache of credentials", HttpClientBuilder::disableAuthCaching);
    built(suite, "no state of connections", HttpClientBuilder::disableConnectionState);
    built(
        suite,
        "idle connections that are evicted",
        builder -> builder.evictIdleConnections(TimeValue.ofMinutes(1)));
  }

  private static void built(Unchanged suite, String name, Setup<HttpClientBuilder> setup) {
    suite.add(
        "a client with " + name,
        stage -> {
          stage
              .a()
              .on("/there", Answer.bytes("200 OK", Answer.gzip("ok"), "Content-Encoding: gzip"));
          Answer moves = Answer.text("302 Found", "", "Location: /there");
          open(stage, setup).send(get(stage, moves), Errand.get("/"), HttpClientContext.create());
        });
  }

  private static void configs(Unchanged suite) {
    configured(suite, "no redirects", config -> config.setRedirectsEnabled(false));
    configured(suite, "two redirects at most", config -> config.setMaxRedirects(2));
    configured(suite, "redirects in a circle", config -> config.setCircularRedirectsAllowed(true));
    configured(suite, "no cookies", config -> config.setCookieSpec("ignore"));
    configured(suite, "no compression", config -> config.setContentCompressionEnabled(false));
    configured(suite, "no authentication", config -> config.setAuthenticationEnabled(false));
  }

  private static void configured(Unchanged suite, String name, Setup<RequestConfig.Builder> setup) {
    suite.add(
        "a request with " + name,
        stage -> {
          Answer moves = Answer.text("302 Found", "", "Location: /", "Set-Cookie: s=1");
          HttpUriRequestBase request = get(stage, moves);
          RequestConfig.Builder config = Apache.config(new Settings()).setMaxRedirects(4);
          setup.apply(config);
          request.setConfig(config.build());
          Settings cookies = new Settings().cookies();
          PoolingHttpClientConnectionManager pool = Apache.pool(cookies);
          CloseableHttpClient client = Apache.builder(stage, cookies, pool).build();
          stage
              .closing(new Apache(stage, pool, client))
              .send(request, Errand.get("/"), HttpClientContext.create());
        });
  }

  static HttpUriRequestBase get(Stage stage, Answer answer) throws IOException {
    stage.a().on("/", answer);
    return new HttpUriRequestBase("GET", URI.create(stage.a().url("/")));
  }

  private static HttpClientBuilder builder(Stage stage) {
    return Apache.builder(stage, new Settings(), Apache.pool(new Settings()));
  }

  private static Apache open(Stage stage, Setup<HttpClientBuilder> setup) {
    PoolingHttpClientConnectionManager pool = Apache.pool(new Settings());
    HttpClientBuilder builder = Apache.builder(stage, new Settings(), pool);
    setup.apply(builder);
    return stage.closing(new Apache(stage, pool, builder.build()));
  }
}
