package dev.authgraft.apache;

import dev.authgraft.testing.HttpClientContractClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;

/** HttpClient's asynchronous API as a program uses it. */
final class ApacheAsyncTestClient implements HttpClientContractClient {
  private final CloseableHttpAsyncClient client;
  private final IntSupplier inUse;
  private final AutoCloseable served;

  ApacheAsyncTestClient(CloseableHttpAsyncClient client, IntSupplier inUse, AutoCloseable served) {
    this.client = client;
    this.inUse = inUse;
    this.served = served;
    client.start();
  }

  /** Returns what answers challenges as {@code program} does. */
  static BasicCredentialsProvider credentials(@Nullable PasswordAuthentication program) {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    if (program != null) {
      credentials.setCredentials(
          new AuthScope(null, -1),
          new UsernamePasswordCredentials(program.getUserName(), program.getPassword()));
    }
    return credentials;
  }

  @Override
  public Reply send(Call call) throws IOException {
    HttpRequest request = new BasicHttpRequest(call.method(), URI.create(call.url()));
    call.headers().forEach(request::setHeader);
    AsyncEntityProducer body = call.body() == null ? null : body(call);
    HttpClientContext context = HttpClientContext.create();
    try {
      SimpleHttpResponse response =
          client
              .execute(
                  new BasicRequestProducer(request, body),
                  SimpleResponseConsumer.create(),
                  context,
                  null)
              .get();
      return new Reply(response.getCode(), text(response), seen(request) + seen(context));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpException) {
        throw new IOException(e.getCause().getMessage(), e.getCause());
      }
      if (e.getCause() instanceof IOException io) throw io;
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public int connectionsInUse() {
    return inUse.getAsInt();
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      served.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Undoes gzip, which the client does itself from 5.6 on. */
  private static String text(SimpleHttpResponse response) throws IOException {
    byte[] body = response.getBodyBytes();
    if (body == null) return "";
    boolean isZipped = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    if (!isZipped) return new String(body, StandardCharsets.UTF_8);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String seen(HttpClientContext context) {
    return seen(context.getRequest());
  }

  private static String seen(HttpRequest request) {
    return request.getRequestUri() + Arrays.toString(request.getHeaders());
  }

  private static AsyncEntityProducer body(Call call) {
    return new BasicAsyncEntityProducer(call.body(), ContentType.TEXT_PLAIN) {
      @Override
      public boolean isRepeatable() {
        return !call.isOneShot();
      }

      @Override
      public long getContentLength() { // Asked when a request begins.
        releaseResources(); // Begin anew: 5.0 does not say so where it repeats it for a redirect.
        return super.getContentLength();
      }
    };
  }
}
