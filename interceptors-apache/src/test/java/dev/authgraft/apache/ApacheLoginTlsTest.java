package dev.authgraft.apache;

import dev.authgraft.apache.internal.login.ApacheLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLoginTls;

class ApacheLoginTlsTest extends HttpClientContractLoginTls {
  @Override
  protected LoginTransport transport() {
    return new ApacheLoginTransport();
  }
}
