package dev.authgraft.okhttp;

import dev.authgraft.okhttp.internal.OkHttpLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLogin;

class OkHttpLoginTransportTest extends HttpClientContractLogin {
  @Override
  protected LoginTransport transport() {
    return new OkHttpLoginTransport();
  }
}
