package dev.authgraft.okhttp;

import dev.authgraft.LoginTransport;
import dev.authgraft.okhttp.internal.OkHttpLoginTransport;
import dev.authgraft.testing.HttpClientContractLogin;

class OkHttpLoginTransportTest extends HttpClientContractLogin {
  @Override
  protected LoginTransport transport() {
    return new OkHttpLoginTransport();
  }
}
