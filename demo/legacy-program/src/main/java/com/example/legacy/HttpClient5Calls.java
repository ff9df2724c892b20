package com.example.legacy;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Calls with Apache HttpClient 5. */
final class HttpClient5Calls implements Closeable {
  // A redirect is an answer like any other here: the portal has no business sending one.
  private final CloseableHttpClient client = HttpClients.custom().disableRedirectHandling().build();

  void call(String method, String url, String body) {
    ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(url);
    if (body != null) {
      request.setEntity(body, ContentType.APPLICATION_JSON);
    }
    String status;
    try {
      status = client.execute(request.build(), HttpClient5Calls::read);
    } catch (IOException e) {
      System.err.println(e);
      status = "failed";
    }
    LegacyProgram.print("HttpClient 5", method, url, status);
  }

  private static String read(ClassicHttpResponse response) throws IOException, HttpException {
    EntityUtils.consume(response.getEntity());
    return String.valueOf(response.getCode());
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
