package dev.authgraft.apache;

import dev.authgraft.testing.HttpClientContractClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Arrays;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;

/** HttpClient's classic API as a program uses it. */
final class ApacheTestClient implements HttpClientContractClient {
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final AutoCloseable served;

  ApacheTestClient(
      HttpClientBuilder builder,
      PoolingHttpClientConnectionManager connections,
      AutoCloseable served) {
    this.connections = connections;
    this.client = builder.setConnectionManager(connections).build();
    this.served = served;
  }

  /** Returns a builder with all that the contract asks of a client. */
  static HttpClientBuilder builder(@Nullable PasswordAuthentication program) {
    HttpClientBuilder builder = HttpClients.custom();
    if (program == null) return builder;
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope(null, -1),
        new UsernamePasswordCredentials(program.getUserName(), program.getPassword()));
    return builder.setDefaultCredentialsProvider(credentials);
  }

  @Override
  public Reply send(Call call) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(call.url()));
    call.headers().forEach(request::setHeader);
    if (call.body() != null) request.setEntity(entity(call));
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request, context)) {
      HttpEntity entity = response.getEntity();
      String body = entity == null ? "" : EntityUtils.toString(entity);
      return new Reply(response.getCode(), body, seen(request) + seen(context.getRequest()));
    } catch (ParseException e) {
      throw new IOException(e);
    }
  }

  @Override
  public int connectionsInUse() {
    return connections.getTotalStats().getLeased();
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

  private static String seen(HttpRequest request) {
    return request.getRequestUri() + Arrays.toString(request.getHeaders());
  }

  private static HttpEntity entity(Call call) {
    byte[] bytes = call.body();
    return call.isOneShot()
        ? new InputStreamEntity(new ByteArrayInputStream(bytes), -1, ContentType.TEXT_PLAIN)
        : new ByteArrayEntity(bytes, ContentType.TEXT_PLAIN);
  }
}
