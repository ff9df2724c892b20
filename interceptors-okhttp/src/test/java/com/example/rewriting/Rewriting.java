package com.example.rewriting;

import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;

/** A program's interceptors: they are told from Authgraft's by their package. */
public final class Rewriting {
  private Rewriting() {}

  /** Returns one that sends what {@code change} makes of a request. */
  public static Interceptor by(UnaryOperator<Request> change) {
    return chain -> chain.proceed(change.apply(chain.request()));
  }

  public static Request moved(Request request, String path) {
    HttpUrl url = request.url().newBuilder().encodedPath(path).build();
    return request.newBuilder().url(url).build();
  }
}
