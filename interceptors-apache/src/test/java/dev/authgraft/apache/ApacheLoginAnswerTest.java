package dev.authgraft.apache;

import dev.authgraft.apache.internal.login.ApacheLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLoginAnswer;

class ApacheLoginAnswerTest extends HttpClientContractLoginAnswer {
  @Override
  protected LoginTransport transport() {
    return new ApacheLoginTransport();
  }
}
