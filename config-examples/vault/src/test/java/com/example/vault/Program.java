package com.example.vault;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** A program that knows nothing of Authgraft, nor of a vault. */
final class Program {
  private Program() {}

  public static void main(String[] urls) throws Exception {
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      for (String url : urls) client.execute(new HttpGet(url), answer -> null);
    }
  }
}
