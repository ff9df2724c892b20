package dev.authgraft;

import dev.authgraft.testing.PublicApi;
import org.junit.jupiter.api.Test;

/** What programs link to changes on purpose only. */
final class ApiTest {
  @Test
  void publicApiIsAsWritten() throws Exception {
    PublicApi.assertIsAsWritten();
  }
}
