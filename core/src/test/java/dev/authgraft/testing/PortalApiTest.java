package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortalApiTest {
  private final PortalApi api = new PortalApi();
  private final Caller caller = new Caller(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void loginExchangesThePageSessionForAnother() throws Exception {
    HttpResponse<String> page = caller.get("/login");
    HttpResponse<String> login = login(page, csrf(page), ApiServer.AWKWARD_PASSWORD);
    assertThat(login.statusCode()).isEqualTo(302);
    assertThat(login.headers().firstValue("Location")).hasValue("/");
    assertThat(cookie(login)).isNotEqualTo(cookie(page));
    assertThat(caller.get("/reports", "Cookie", cookie(login)).statusCode()).isEqualTo(200);
    assertThat(caller.get("/reports", "Cookie", cookie(page)).statusCode()).isEqualTo(302);
  }

  @Test
  void loginWithoutThePageIsForbidden() throws Exception {
    HttpResponse<String> page = caller.get("/login");
    assertThat(login(page, "guess", ApiServer.AWKWARD_PASSWORD).statusCode()).isEqualTo(403);
    Map<String, String> fields =
        Map.of("username", PortalApi.USERNAME, "password", ApiServer.AWKWARD_PASSWORD);
    assertThat(caller.postForm("/login", fields).statusCode()).isEqualTo(403);
  }

  @Test
  void wrongPasswordLeadsBackToThePage() throws Exception {
    HttpResponse<String> page = caller.get("/login");
    HttpResponse<String> login = login(page, csrf(page), "wrong");
    assertThat(login.headers().firstValue("Location")).hasValue("/login?error");
    assertThat(login.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void expiredSessionLeadsToThePage() throws Exception {
    HttpResponse<String> page = caller.get("/login");
    HttpResponse<String> login = login(page, csrf(page), ApiServer.AWKWARD_PASSWORD);
    api.expireSessions();
    HttpResponse<String> answer = caller.get("/reports", "Cookie", cookie(login));
    assertThat(answer.headers().firstValue("Location")).hasValue(api.url("/login").toString());
  }

  private HttpResponse<String> login(HttpResponse<String> page, String csrf, String password)
      throws Exception {
    Map<String, String> fields =
        Map.of("_csrf", csrf, "username", PortalApi.USERNAME, "password", password);
    return caller.postForm("/login", fields, "Cookie", cookie(page));
  }

  private static String csrf(HttpResponse<String> page) {
    return page.body()
        .replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }
}
