package dev.authgraft.okhttp;

import dev.authgraft.okhttp.internal.OkHttpLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLoginAnswer;

class OkHttpLoginAnswerTest extends HttpClientContractLoginAnswer {
  @Override
  protected LoginTransport transport() {
    return new OkHttpLoginTransport();
  }
}
