package org.example.shaded.okhttp3.internal.http;

import java.util.List;

/** The one of a copy that a library carries. */
public final class RealInterceptorChain {
  public final List<String> interceptors;

  public RealInterceptorChain(List<String> interceptors, int index) {
    this.interceptors = interceptors;
  }
}
