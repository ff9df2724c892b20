package okhttp3.internal.http;

import java.util.List;

/** As much of OkHttp as the agent knows: it needs no release of it to test how a call gets there. */
public final class RealInterceptorChain {
  public final List<String> interceptors;

  public RealInterceptorChain(List<String> interceptors, int index) {
    this.interceptors = interceptors;
  }
}
