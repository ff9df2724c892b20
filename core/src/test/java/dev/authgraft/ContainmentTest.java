package dev.authgraft;

import dev.authgraft.testing.ContainmentContract;
import java.net.URI;

/** The steps of an attempt, on the thread that calls. */
final class ContainmentTest extends ContainmentContract {
  @Override
  protected Client open(Authgraft authgraft) {
    TestClient client = new TestClient(authgraft);
    return new Client() {
      @Override
      public void get(String url, Told told) throws Exception {
        int status;
        try {
          status = client.get(URI.create(url)).statusCode();
        } catch (Throwable e) {
          told.failed(e);
          return;
        }
        told.answered(status);
      }

      @Override
      public void close() {}
    };
  }
}
