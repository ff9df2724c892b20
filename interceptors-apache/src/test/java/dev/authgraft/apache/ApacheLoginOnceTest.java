package dev.authgraft.apache;

import dev.authgraft.apache.internal.login.ApacheLoginTransport;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractLoginOnce;

class ApacheLoginOnceTest extends HttpClientContractLoginOnce {
  @Override
  protected LoginTransport transport() {
    return new ApacheLoginTransport();
  }
}
