import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.GzipCompressingEntity;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/** Cases of bodies that HttpClient composes. */
final class ApacheBodies {
  private static final byte[] FILE = "file".getBytes(StandardCharsets.UTF_8);

  private ApacheBodies() {}

  private interface Body {
    HttpEntity make();
  }

  static void addTo(Unchanged suite) {
    posted(
        suite,
        "a form",
        () ->
            new UrlEncodedFormEntity(
                Arrays.asList(
                    new BasicNameValuePair("a b", "c&d"), new BasicNameValuePair("e", null)),
                StandardCharsets.UTF_8));
    posted(suite, "several parts", () -> parts().addBinaryBody("file", FILE).build());
    posted(
        suite,
        "several parts, one of them a stream",
        () -> parts().addBinaryBody("file", new ByteArrayInputStream(FILE)).build());
    posted(
        suite,
        "several parts, zipped",
        () -> new GzipCompressingEntity(parts().addBinaryBody("file", FILE).build()));
  }

  private static MultipartEntityBuilder parts() {
    return MultipartEntityBuilder.create()
        .setBoundary("the-boundary")
        .addTextBody("field", "value")
        .addTextBody("part", "part", ContentType.TEXT_XML);
  }

  /** Posts it, and the server wants it sent on. */
  private static void posted(Unchanged suite, String name, Body body) {
    suite.add(
        "POST of " + name,
        stage -> {
          stage.a().on("/", Answer.text("307 Go", "", "Location: /there"));
          stage.a().on("/there", Answer.text("200 OK", "ok"));
          PoolingHttpClientConnectionManager pool = Apache.pool(new Settings());
          Apache client =
              new Apache(stage, pool, Apache.builder(stage, new Settings(), pool).build());
          stage.closing(client);
          HttpUriRequestBase post = new HttpUriRequestBase("POST", URI.create(stage.a().url("/")));
          post.setEntity(body.make());
          client.send(post, Errand.get("/"), HttpClientContext.create());
        });
  }
}
