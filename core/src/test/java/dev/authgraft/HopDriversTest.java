package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.BlockingHop;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.NonBlockingHop;
import dev.authgraft.client.Target;
import dev.authgraft.internal.util.Resumption;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeRequest;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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

  /** Has one credential obtained and accepted, so that a rejection of it leads to a login. */
  private void loadWithAcceptedCredential() throws Exception {
    load("fail");
    assertThat(Driver.BLOCKING.execute(new FakeClient(200))).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void acceptedResponseIsHandedOn(Driver driver) throws Exception {
    load("fail");
    FakeClient client = new FakeClient(200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("send");
  }

  @ParameterizedTest
  @EnumSource
  void rejectedHopIsSentAgainWithAnotherCredential(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401, 200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("send", "discard 401", "send");
    assertThat(client.sent).doesNotHaveDuplicates().hasSize(2);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void hopIsRenewedOnlyOnce(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401, 401);
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
    driver.execute(new FakeClient(401, 200));
    driver.execute(new FakeClient(401, 200));
    FakeClient client = new FakeClient(401, 200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void bodyThatCannotBeSentAgainOnlyInvalidatesTheCredential(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401);
    client.canSendAgain = false;
    assertThat(driver.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
    assertThat(api.count("login")).isEqualTo(1);
    driver.execute(new FakeClient(200));
    assertThat(api.count("login")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void responseIsKeptIfThereIsNoOtherCredential(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeClient client = new FakeClient(401);
    assertThat(driver.execute(client)).isEqualTo(401);
    assertThat(client.calls).containsExactly("send");
  }

  @ParameterizedTest
  @EnumSource
  void rejectionOfARequestWithoutCredentialIsHandedOn(Driver driver) throws Exception {
    loadWithAcceptedCredential();
    FakeClient client = new FakeClient(401);
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
    FakeClient client = new FakeClient();
    assertThatThrownBy(() -> driver.execute(client)).isInstanceOf(CredentialException.class);
    assertThat(client.calls).containsExactly("failure null");
  }

  @ParameterizedTest
  @EnumSource
  void failedLoginSendsTheRequestUnchangedIfTheRuleSaysSo(Driver driver) throws Exception {
    load("pass");
    api.answerNext("/token", Reply.problem(401, "no"));
    FakeClient client = new FakeClient(200);
    assertThat(driver.execute(client)).isEqualTo(200);
    assertThat(client.calls).containsExactly("unchanged");
  }

  @ParameterizedTest
  @EnumSource
  void cancelEndsTheWaitForALogin(Driver driver) throws Exception {
    load("fail");
    Gate gate = api.answerNextThroughGate("/token");
    FakeClient client = new FakeClient();
    client.canceled = true;
    assertThatThrownBy(() -> driver.execute(client)).isInstanceOf(InterruptedIOException.class);
    gate.open();
    // The login that nobody waits for any more ends, and its end calls the client no more.
    assertThat(driver.execute(new FakeClient(200))).isEqualTo(200);
    assertThat(client.calls).doesNotContain("send", "unchanged");
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void interruptEndsTheWaitForARenewalAndClosesTheResponse() throws Exception {
    loadWithAcceptedCredential();
    Gate gate = api.answerNextThroughGate("/token");
    FakeClient client = new FakeClient(401);
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
    FakeClient client = new FakeClient();
    client.sendFailure = new IOException("reset");
    assertThatThrownBy(() -> driver.execute(client)).isSameAs(client.sendFailure);
    assertThat(client.calls).containsExactly("send");
  }

  private enum Driver {
    BLOCKING {
      @Override
      Integer execute(FakeClient client) throws IOException {
        return BlockingHop.execute(new Blocking(client));
      }
    },
    NON_BLOCKING {
      @Override
      Integer execute(FakeClient client) throws Exception {
        NonBlocking hop = new NonBlocking(client);
        NonBlockingHop.execute(hop);
        try {
          return hop.result.get(Await.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (e.getCause() instanceof IOException) throw (IOException) e.getCause();
          throw e;
        }
      }
    };

    abstract Integer execute(FakeClient client) throws Exception;
  }

  /** Answers with the given statuses in turn, and records what it is asked to do. */
  private final class FakeClient {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> sent = new CopyOnWriteArrayList<>();
    private final Deque<Integer> statuses;
    final Attempt attempt = authgraft.attempt(Target.of("https", "a.example", 443, "/", "GET"));
    boolean canSendAgain = true;
    boolean applies = true;
    boolean canceled;
    boolean interruptsOnAnswer;
    @Nullable IOException sendFailure;

    FakeClient(Integer... statuses) {
      this.statuses = new ArrayDeque<>(Arrays.asList(statuses));
    }

    Integer sendUnchanged() {
      calls.add("unchanged");
      return statuses.remove();
    }

    Integer send() throws IOException {
      calls.add("send");
      if (sendFailure != null) throw sendFailure;
      FakeRequest request = new FakeRequest();
      attempt.applyTo(request);
      sent.add(request.header("Authorization"));
      return statuses.remove();
    }

    @Nullable Answer answer(Integer status) {
      if (interruptsOnAnswer) Thread.currentThread().interrupt();
      return applies ? new StatusAnswer(status) : null;
    }

    void discard(Integer rejected) {
      calls.add("discard " + rejected);
    }

    RuntimeException failure(Throwable thrown, @Nullable Integer response) throws IOException {
      calls.add("failure " + response);
      if (thrown instanceof IOException) throw (IOException) thrown;
      return new IllegalStateException(thrown);
    }
  }

  private static final class Blocking implements BlockingHop.Client<Integer, RuntimeException> {
    private final FakeClient client;

    Blocking(FakeClient client) {
      this.client = client;
    }

    @Override
    public Attempt attempt() {
      return client.attempt;
    }

    @Override
    public boolean isRepeatable() {
      return client.canSendAgain;
    }

    @Override
    public boolean canSendAgain() {
      return client.canSendAgain;
    }

    @Override
    public boolean isCanceled() {
      return client.canceled;
    }

    @Override
    public Integer sendUnchanged() {
      return client.sendUnchanged();
    }

    @Override
    public Integer send() throws IOException {
      return client.send();
    }

    @Override
    public @Nullable Answer answer(Integer status) {
      return client.answer(status);
    }

    @Override
    public void discard(Integer rejected) {
      client.discard(rejected);
    }

    @Override
    public RuntimeException failure(Throwable thrown, @Nullable Integer response)
        throws IOException {
      return client.failure(thrown, response);
    }
  }

  private static final class NonBlocking implements NonBlockingHop.Client<RuntimeException> {
    private final FakeClient client;
    final CompletableFuture<Integer> result = new CompletableFuture<>();

    NonBlocking(FakeClient client) {
      this.client = client;
    }

    @Override
    public Attempt attempt() {
      return client.attempt;
    }

    @Override
    public boolean isRepeatable() {
      return client.canSendAgain;
    }

    @Override
    public void sendUnchanged() {
      result.complete(client.sendUnchanged());
    }

    @Override
    public void send() throws IOException {
      Integer status = client.send();
      Answer answer = client.answer(status);
      if (answer == null) result.complete(status);
      else received(status, NonBlockingHop.isReplaced(this, answer));
    }

    private void received(Integer status, CompletableFuture<Boolean> replaced) {
      Resumption.whenDone(
          replaced,
          () -> {
            if (replaced.join()) {
              client.discard(status);
              send();
            } else {
              result.complete(status);
            }
          },
          result::completeExceptionally);
    }

    @Override
    public void waits(BooleanSupplier cancel) {
      if (!client.canceled) return;
      assertThat(cancel.getAsBoolean()).as("the first cancel").isTrue();
      assertThat(cancel.getAsBoolean()).as("another cancel").isFalse();
      failed(new InterruptedIOException("canceled"));
    }

    @Override
    public RuntimeException failure(Throwable thrown) throws IOException {
      return client.failure(thrown, null);
    }

    @Override
    public void failed(Throwable thrown) {
      result.completeExceptionally(thrown);
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
