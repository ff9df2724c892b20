import java.io.IOException;
import org.apache.http.ConnectionReuseStrategy;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.AuthenticationHandler;
import org.apache.http.client.AuthenticationStrategy;
import org.apache.http.client.HttpRequestRetryHandler;
import org.apache.http.client.RedirectStrategy;
import org.apache.http.client.RequestDirector;
import org.apache.http.client.UserTokenHandler;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.conn.ConnectionKeepAliveStrategy;
import org.apache.http.conn.HttpClientConnectionManager;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.routing.HttpRoutePlanner;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.DefaultRequestDirector;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.execchain.ClientExecChain;
import org.apache.http.impl.execchain.MainClientExec;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpProcessor;
import org.apache.http.protocol.HttpRequestExecutor;

/** Clients with a part of the program's own, which notes how often it is entered. */
@SuppressWarnings("deprecation")
final class Overriding {
  static final class Builder extends HttpClientBuilder {
    private final StringBuffer seen;

    Builder(StringBuffer seen) {
      this.seen = seen;
    }

    @Override
    protected ClientExecChain createMainExec(
        HttpRequestExecutor executor,
        HttpClientConnectionManager connections,
        ConnectionReuseStrategy reuse,
        ConnectionKeepAliveStrategy keepAlive,
        HttpProcessor proxyProcessor,
        AuthenticationStrategy target,
        AuthenticationStrategy proxy,
        UserTokenHandler tokens) {
      return new MainClientExec(
          executor, connections, reuse, keepAlive, proxyProcessor, target, proxy, tokens) {
        @Override
        public CloseableHttpResponse execute(
            HttpRoute route,
            HttpRequestWrapper request,
            HttpClientContext context,
            HttpExecutionAware aware)
            throws IOException, HttpException {
          seen.append("entered");
          return super.execute(route, request, context, aware);
        }
      };
    }
  }

  static final class Old extends DefaultHttpClient {
    private final StringBuffer seen;

    Old(StringBuffer seen) {
      this.seen = seen;
    }

    @Override
    protected RequestDirector createClientRequestDirector(
        HttpRequestExecutor executor,
        ClientConnectionManager connections,
        ConnectionReuseStrategy reuse,
        ConnectionKeepAliveStrategy keepAlive,
        HttpRoutePlanner planner,
        HttpProcessor processor,
        HttpRequestRetryHandler retry,
        RedirectStrategy redirects,
        AuthenticationStrategy target,
        AuthenticationStrategy proxy,
        UserTokenHandler tokens,
        HttpParams params) {
      return new DefaultRequestDirector(
          org.apache.commons.logging.LogFactory.getLog(Old.class),
          executor,
          connections,
          reuse,
          keepAlive,
          planner,
          processor,
          retry,
          redirects,
          target,
          proxy,
          tokens,
          params) {
        @Override
        public HttpResponse execute(HttpHost host, HttpRequest request, HttpContext context)
            throws HttpException, IOException {
          seen.append("entered");
          return super.execute(host, request, context);
        }
      };
    }
  }
}
