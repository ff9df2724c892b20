package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.BlockingHop;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.testing.FakeRequest;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The order in which {@link BlockingHop} calls a client, with logins at a real server. */
@Timeout(600)
final class BlockingHopTest {
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

  /** Has one credential obtained and accepted, so that a rejection of it leads to a login. */
  private void loadWithAcceptedCredential() throws Exception {
    load("fail");
    assertThat(BlockingHop.execute(new FakeClient(200))).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void acceptedResponseIsHandedOn() throws Exception {
    load("fail");
    FakeClient client = new FakeClient(200);
    assertThat(BlockingHop.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("send");
  }

  @Test
  void rejectedHopIsSentAgainWithAnotherCredential() throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401, 200);
    assertThat(BlockingHop.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("send", "discard 401", "send");
    assertThat(client.sent).doesNotHaveDuplicates().hasSize(2);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void hopIsRenewedOnlyOnce() throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401, 401);
    assertThat(BlockingHop.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send", "discard 401", "send");
    assertThat(api.count("login")).isEqualTo(2);
  }

  /** A credential that was never accepted is not renewed so soon after its login. */
  @Test
  void acceptanceOfTheReplayIsNoted() throws Exception {
    loadWithAcceptedCredential();
    BlockingHop.execute(new FakeClient(401, 200));
    FakeClient client = new FakeClient(401, 200);
    assertThat(BlockingHop.execute(client)).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(3);
  }

  @Test
  void bodyThatCannotBeSentAgainOnlyInvalidatesTheCredential() throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401);
    client.canSendAgain = false;
    assertThat(BlockingHop.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
    assertThat(api.count("login")).isEqualTo(1);
    BlockingHop.execute(new FakeClient(200));
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void responseIsKeptIfThereIsNoOtherCredential() throws Exception {
    loadWithAcceptedCredential();
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeClient client = new FakeClient(401);
    assertThat(BlockingHop.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
  }

  @Test
  void rejectionOfARequestWithoutCredentialIsHandedOn() throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401);
    client.applies = false;
    assertThat(BlockingHop.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void failedLoginFailsTheCallBeforeAnythingIsSent() throws Exception {
    load("fail");
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeClient client = new FakeClient();
    assertThatThrownBy(() -> BlockingHop.execute(client)).isInstanceOf(CredentialException.class);
    assertThat(client.calls).containsExactly("failure null");
  }

  @Test
  void failedLoginSendsTheRequestUnchangedIfTheRuleSaysSo() throws Exception {
    load("pass");
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeClient client = new FakeClient(200);
    assertThat(BlockingHop.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("unchanged");
  }

  @Test
  void cancelEndsTheWaitForALogin() throws Exception {
    load("fail");
    Gate gate = api.answerNextThroughGate("/token");
    FakeClient client = new FakeClient();
    client.canceled = true;
    assertThatThrownBy(() -> BlockingHop.execute(client))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(client.calls).containsExactly("failure null");
    gate.open();
  }

  @Test
  void interruptEndsTheWaitForARenewalAndClosesTheResponse() throws Exception {
    loadWithAcceptedCredential();
    Gate gate = api.answerNextThroughGate("/token");
    FakeClient client = new FakeClient(401);
    client.interruptsOnAnswer = true;
    try {
      assertThatThrownBy(() -> BlockingHop.execute(client))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      Thread.interrupted();
    }
    assertThat(client.calls).containsExactly("send", "failure 401");
    gate.open();
  }

  @Test
  void errorOfTheClientsSendPassesAsItIs() throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient();
    client.sendFailure = new IOException("reset");
    assertThatThrownBy(() -> BlockingHop.execute(client)).isSameAs(client.sendFailure);
    assertThat(client.calls).containsExactly("send");
  }

  /** Answers with the given statuses in turn, and records what it is asked to do. */
  private final class FakeClient implements BlockingHop.Client<Integer, RuntimeException> {
    final List<String> calls = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    private final Deque<Integer> statuses;
    private final Attempt attempt =
        authgraft.attempt(Target.of("https", "a.example", 443, "/", "GET"));
    boolean canSendAgain = true;
    boolean applies = true;
    boolean canceled;
    boolean interruptsOnAnswer;
    @Nullable IOException sendFailure;

    FakeClient(Integer... statuses) {
      this.statuses = new ArrayDeque<>(Arrays.asList(statuses));
    }

    @Override
    public Attempt attempt() {
      return attempt;
    }

    @Override
    public boolean isRepeatable() {
      return canSendAgain;
    }

    @Override
    public boolean canSendAgain() {
      return canSendAgain;
    }

    @Override
    public boolean isCanceled() {
      return canceled;
    }

    @Override
    public Integer sendUnchanged() {
      calls.add("unchanged");
      return statuses.remove();
    }

    @Override
    public Integer send() throws IOException {
      calls.add("send");
      if (sendFailure != null) throw sendFailure;
      FakeRequest request = new FakeRequest();
      attempt.applyTo(request);
      sent.add(request.header("Authorization"));
      return statuses.remove();
    }

    @Override
    public @Nullable Answer answer(Integer status) {
      if (interruptsOnAnswer) Thread.currentThread().interrupt();
      return applies ? new StatusAnswer(status) : null;
    }

    @Override
    public void discard(Integer rejected) {
      calls.add("discard " + rejected);
    }

    @Override
    public RuntimeException failure(Throwable thrown, @Nullable Integer response)
        throws IOException {
      calls.add("failure " + response);
      if (thrown instanceof IOException) throw (IOException) thrown;
      return new IllegalStateException(thrown);
    }
  }

  private static final class StatusAnswer implements Answer {
    private final int status;

    StatusAnswer(int status) {
      this.status = status;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public String peek(int limit) {
      return "";
    }
  }
}
