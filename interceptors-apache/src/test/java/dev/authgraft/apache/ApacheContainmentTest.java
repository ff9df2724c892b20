package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.ContainmentContract;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** Classic calls, served by hand. */
class ApacheContainmentTest extends ContainmentContract {
  @Override
  protected Client open(Authgraft authgraft) {
    CloseableHttpClient client =
        ApacheAuth.install(HttpClients.custom(), authgraft).disableAutomaticRetries().build();
    return new Client() {
      @Override
      public void get(String url, Told told) {
        int status;
        try (CloseableHttpResponse response = client.execute(new HttpGet(url))) {
          status = response.getCode();
        } catch (Throwable e) {
          told.failed(e);
          return;
        }
        told.answered(status);
      }

      @Override
      public void close() throws Exception {
        client.close();
      }
    };
  }
}
