package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.FakeHopClient.Driver;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order in which the drivers of a hop call a client, with logins at a real server. */
@Timeout(600)
final class HopDriversTest {
  @TempDir private Path directory;

  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
  }

  private void load(String onFailure) throws ConfigException {
    String yaml =
        """
        strategies:
          a: {type: lazy-jwt, login: {url: "%s", json: {user: u}}}
        rules: [{host: a.example, strategy: a, on-failure: %s}]
        """
            .formatted(api.url("/token"), onFailure);
    authgraft = Configs.builder(directory, new RecordingLog(), yaml).load();
  }

  private FakeHopClient client(Integer... statuses) {
    Target target = Target.of("https", "a.example", 443, "/", "GET");
    return new FakeHopClient(authgraft.attempt(target), statuses);
  }

  /** Has one credential obtained and accepted, so that a rejection of it leads to a login. */
  private void loadWithAcceptedCredential() throws Exception {
    load("fail");
    assertThat(Driver.BLOCKING.execute(client(200))).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void acceptedResponseIsHandedOn(Driver driver) throws Exception {
    load("fail");
    FakeHopClient client = client(200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("send");
  }

  @ParameterizedTest
  @EnumSource
  void rejectedHopIsSentAgainWithAnotherCredential(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeHopClient client = client(401, 200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("send", "discard 401", "send");
    assertThat(client.sent).doesNotHaveDuplicates().hasSize(2);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void hopIsRenewedOnlyOnce(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeHopClient client = client(401, 401);
    assertThat(driver.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send", "discard 401", "send");
    assertThat(api.count("login")).isEqualTo(2);
  }

  /**
   * A credential that was never accepted is renewed once; the next such one is not renewed so soon.
   */
  @ParameterizedTest
  @EnumSource
  void acceptanceOfTheReplayIsNoted(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    driver.execute(client(401, 200));
    driver.execute(client(401, 200));
    FakeHopClient client = client(401, 200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void bodyThatCannotBeSentAgainOnlyInvalidatesTheCredential(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeHopClient client = client(401);
    client.canSendAgain = false;
    assertThat(driver.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
    assertThat(api.count("login")).isEqualTo(1);
    driver.execute(client(200));
    assertThat(api.count("login")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void responseIsKeptIfThereIsNoOtherCredential(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeHopClient client = client(401);
    assertThat(driver.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
  }

  @ParameterizedTest
  @EnumSource
  void rejectionOfARequestWithoutCredentialIsHandedOn(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeHopClient client = client(401);
    client.applies = false;
    assertThat(driver.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
    assertThat(api.count("login")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void failedLoginFailsTheCallBeforeAnythingIsSent(Driver driver) throws Exception {
    load("fail");
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeHopClient client = client();
    assertThatThrownBy(() -> driver.execute(client)).isInstanceOf(CredentialException.class);
    assertThat(client.calls).containsExactly("failure null");
  }

  @ParameterizedTest
  @EnumSource
  void failedLoginSendsTheRequestUnchangedIfTheRuleSaysSo(Driver driver) throws Exception {
    load("pass");
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeHopClient client = client(200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("unchanged");
  }

  @ParameterizedTest
  @EnumSource
  void cancelEndsTheWaitForALogin(Driver driver) throws Exception {
    load("fail");
    Gate gate = api.answerNextThroughGate("/token");
    FakeHopClient client = client();
    client.canceled = true;
    assertThatThrownBy(() -> driver.execute(client)).isInstanceOf(InterruptedIOException.class);
    gate.open();
    // The login that nobody waits for any more ends, and its end calls the client no more.
    assertThat(driver.execute(client(200))).isEqualTo(200);
    assertThat(client.calls).doesNotContain("send", "unchanged");
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void interruptEndsTheWaitForARenewalAndClosesTheResponse() throws Exception {
    loadWithAcceptedCredential();
    Gate gate = api.answerNextThroughGate("/token");
    FakeHopClient client = client(401);
    client.interruptsOnAnswer = true;
    try {
      assertThatThrownBy(() -> Driver.BLOCKING.execute(client))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      Thread.interrupted();
    }
    assertThat(client.calls).containsExactly("send", "failure 401");
    gate.open();
  }

  @ParameterizedTest
  @EnumSource
  void errorOfTheClientsSendPassesAsItIs(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeHopClient client = client();
    client.sendFailure = new IOException("reset");
    assertThatThrownBy(() -> driver.execute(client)).isSameAs(client.sendFailure);
    assertThat(client.calls).containsExactly("send");
  }
}
