package com.example.legacy;

import java.util.Properties;

/**
 * A program that nobody wants to touch. It calls four APIs, whose base URLs are its arguments
 * ({@code assured=http://…}), with two HTTP clients, and prints {@code client|method|URL|status}
 * for each call. It was written when none of them wanted a credential.
 */
public final class LegacyProgram {
  private LegacyProgram() {}

  public static void main(String[] args) throws Exception {
    Properties urls = new Properties();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      urls.setProperty(arg.substring(0, equals), arg.substring(equals + 1));
    }
    try (OkHttpCalls okHttp = new OkHttpCalls();
        HttpClient5Calls httpClient = new HttpClient5Calls()) {
      callAssured(urls.getProperty("assured"), okHttp, httpClient);
      callAssemble(urls.getProperty("assemble"), okHttp, httpClient);
      callKyc(urls.getProperty("kyc"), okHttp, httpClient);
      callPortal(urls.getProperty("portal"), okHttp, httpClient);
    }
  }

  private static void callAssured(String url, OkHttpCalls okHttp, HttpClient5Calls httpClient)
      throws Exception {
    okHttp.call("GET", url + "/api/v1/providers/", null);
    okHttp.callAsync("GET", url + "/api/v1/profiles/17", null);
    httpClient.call("GET", url + "/api/v1/licences/", null);
    httpClient.call("POST", url + "/api/v1/enrollments/", "{\"provider\": 17}");
    okHttp.call("POST", url + "/api/v1/files/", "{\"name\": \"licence.pdf\"}");
    okHttp.callAsync("POST", url + "/api/v1/files/presign/", "{\"file\": 3}");
    httpClient.call("PUT", url + "/api/v1/provider-profile/17/documents/3", "{\"file\": 3}");
  }

  private static void callAssemble(String url, OkHttpCalls okHttp, HttpClient5Calls httpClient)
      throws Exception {
    okHttp.call("GET", url + "/api/opportunities/", null);
    httpClient.call("GET", url + "/api/opportunities/7", null);
    okHttp.call("GET", url + "/api/users", null);
    httpClient.call("GET", url + "/api/users/7", null);
    okHttp.callAsync("PUT", url + "/api/users/7", "{\"name\": \"Ada\"}");
    httpClient.call("POST", url + "/api/users/7/notes", "{\"text\": \"called\"}");
  }

  private static void callKyc(String url, OkHttpCalls okHttp, HttpClient5Calls httpClient)
      throws Exception {
    okHttp.call("POST", url + "/api/v1/cases", "{\"subject\": \"Ada\"}");
    okHttp.callAsync("GET", url + "/api/v1/cases/42", null);
    httpClient.call("GET", url + "/api/v1/resource", null);
  }

  private static void callPortal(String url, OkHttpCalls okHttp, HttpClient5Calls httpClient)
      throws Exception {
    okHttp.call("GET", url + "/reports", null);
    httpClient.call("GET", url + "/reports/2026", null);
  }

  static synchronized void print(String client, String method, String url, String status) {
    System.out.println(client + "|" + method + "|" + url + "|" + status);
  }
}
