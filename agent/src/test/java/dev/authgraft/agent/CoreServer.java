package dev.authgraft.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.jspecify.annotations.Nullable;

/** A loopback server of HttpCore's, which speaks HTTP/2 as well. */
final class CoreServer implements AutoCloseable {
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpAsyncServer server;
  private final int port;

  CoreServer(HttpVersionPolicy protocol, Function<Received, Answer> answers) throws Exception {
    server =
        H2ServerBootstrap.bootstrap()
            .setVersionPolicy(protocol)
            .setCanonicalHostName("127.0.0.1")
            .register("*", new Handler(answers))
            .create();
    server.start();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ListenerEndpoint endpoint = server.listen(any).get();
    port = ((InetSocketAddress) endpoint.getAddress()).getPort();
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  String url(String path) {
    return "http://" + host() + path;
  }

  /** Returns every request so far, in the order of arrival. */
  List<Received> requests(String path) {
    return received.stream().filter(request -> request.path.equals(path)).toList();
  }

  @Override
  public void close() {
    server.close(CloseMode.IMMEDIATE);
  }

  /** One request as it arrived. */
  record Received(
      String protocol, String method, String path, @Nullable String authorization, String body) {}

  /** What the server answers. */
  record Answer(int status, String body, String cacheControl) {
    static Answer of(int status, String body) {
      return new Answer(status, body, "no-store");
    }
  }

  private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, String>> {
    private final Function<Received, Answer> answers;

    Handler(Function<Received, Answer> answers) {
      this.answers = answers;
    }

    @Override
    public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
        HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
      return new BasicRequestConsumer<>(entity == null ? null : new StringAsyncEntityConsumer());
    }

    @Override
    public void handle(
        Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context)
        throws java.io.IOException, org.apache.hc.core5.http.HttpException {
      HttpRequest request = message.getHead();
      Header authorization = request.getFirstHeader("Authorization");
      Received arrived =
          new Received(
              HttpCoreContext.cast(context).getProtocolVersion().toString(),
              request.getMethod(),
              request.getPath(),
              authorization == null ? null : authorization.getValue(),
              message.getBody() == null ? "" : message.getBody());
      received.add(arrived);
      Answer answer = answers.apply(arrived);
      BasicHttpResponse response = new BasicHttpResponse(answer.status());
      response.setHeader("Content-Type", "application/json");
      response.setHeader("Cache-Control", answer.cacheControl());
      trigger.submitResponse(
          new BasicResponseProducer(response, AsyncEntityProducers.create(answer.body())), context);
    }
  }
}
