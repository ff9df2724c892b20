package dev.authgraft.okhttp;

import dev.authgraft.okhttp.internal.OkHttpLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLoginTls;

class OkHttpLoginTlsTest extends HttpClientContractLoginTls {
  @Override
  protected LoginTransport transport() {
    return new OkHttpLoginTransport();
  }
}
