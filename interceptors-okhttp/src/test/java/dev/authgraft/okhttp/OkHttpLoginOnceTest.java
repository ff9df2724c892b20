package dev.authgraft.okhttp;

import dev.authgraft.okhttp.internal.OkHttpLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLoginOnce;

class OkHttpLoginOnceTest extends HttpClientContractLoginOnce {
  @Override
  protected LoginTransport transport() {
    return new OkHttpLoginTransport();
  }
}
