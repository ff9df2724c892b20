package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import dev.authgraft.testing.HttpClientContractServer.Answer;
import dev.authgraft.testing.HttpClientContractServer.Recorded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of {@link HttpClientContract} about redirects: each hop is matched anew. */
abstract class HttpClientContractRedirects extends HttpClientContractRequests {
  @ParameterizedTest
  @CsvSource({
    "302, header: x-api-key",
    "302, header: Authorization",
    "302, query: api_key",
    "302, cookie: KEY",
    "307, header: x-api-key",
    "307, header: Authorization"
  })
  void redirectToAnotherOriginCarriesNothing(int status, String place) throws Exception {
    api.answer(request -> Answer.redirect(status, other.url("/there?b=2")));
    HttpClientContractClient client = clientOf(key(place));
    Reply reply = client.send(Call.post(api.url("/here?a=1"), "text"));
    assertThat(api.request().toString()).contains(CANARY);
    assertThat(reply.status()).isIn(200, 307); // OkHttp before 4.6 follows no 307 of a POST.
    for (Recorded there : other.requests()) {
      assertCarriesNothing(there);
      assertThat(there.query()).isEqualTo("b=2");
      assertThat(there.body()).isEqualTo(status == 307 ? "text" : "");
    }
    assertThat(other.requests()).hasSize(reply.status() == 200 ? 1 : 0);
  }

  @Test
  void redirectBackGetsTheCredentialAgain() throws Exception {
    api.answer(
        request ->
            request.path().equals("/start")
                ? Answer.redirect(302, other.url("/between"))
                : Answer.of(200, "back"));
    other.answer(request -> Answer.redirect(302, api.url("/end")));
    Reply reply = clientOf(key("header: x-api-key")).send(Call.get(api.url("/start")));
    assertThat(reply.body()).isEqualTo("back");
    assertThat(api.requests()).hasSize(2).allMatch(r -> CANARY.equals(r.header("x-api-key")));
    assertCarriesNothing(other.request());
  }

  @Test
  void redirectWithinTheOriginCarriesTheCredentialOnBothHops() throws Exception {
    api.answer(
        request ->
            request.path().equals("/start") ? Answer.redirect(302, "/end") : Answer.of(200, "end"));
    Reply reply = clientOf(bearer()).send(Call.get(api.url("/start")));
    assertThat(reply.body()).isEqualTo("end");
    assertThat(api.requests()).hasSize(2).allMatch(carries("Bearer canary1"));
  }

  /** HttpClient from 5.1 on leaves the headers behind where a redirect makes a GET of a POST. */
  @ParameterizedTest
  @CsvSource({
    "302, header: x-api-key, x-api-key, %s",
    "303, header: x-api-key, x-api-key, %s",
    "307, header: x-api-key, x-api-key, %s",
    "302, cookie: KEY, Cookie, KEY=%s",
    "303, cookie: KEY, Cookie, KEY=%s",
    "307, cookie: KEY, Cookie, KEY=%s"
  })
  void redirectCarriesTheCredentialThatTheClientDropped(
      int status, String place, String header, String form) throws Exception {
    api.answer(
        request ->
            request.path().equals("/start")
                ? Answer.redirect(status, "/end")
                : Answer.of(200, "end"));
    String own = form.formatted("own");
    clientOf(key(place)).send(Call.post(api.url("/start"), "text").header(header, own));
    assertThat(api.requests()).isNotEmpty();
    assertThat(api.requests().get(0).header(header)).isEqualTo(own);
    assertThat(api.requests()).allMatch(hop -> isEither(hop.header(header), own, form));
  }

  private static boolean isEither(@Nullable String sent, String own, String form) {
    return own.equals(sent) || form.formatted(CANARY).equals(sent);
  }
}
