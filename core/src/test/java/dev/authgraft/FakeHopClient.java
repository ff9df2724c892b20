package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.BlockingHop;
import dev.authgraft.client.NonBlockingHop;
import dev.authgraft.internal.util.Resumption;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
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

/**
 * A client of one hop for either driver. It answers with the given statuses in turn, and records
 * what it is asked to do.
 */
final class FakeHopClient {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<String> sent = new CopyOnWriteArrayList<>();
  private final Deque<Integer> statuses;
  final Attempt attempt;
  boolean canSendAgain = true;
  boolean applies = true;
  boolean canceled;
  boolean interruptsOnAnswer;
  @Nullable IOException sendFailure;

  FakeHopClient(Attempt attempt, Integer... statuses) {
    this.attempt = attempt;
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

  /** Which driver drives the hop. */
  enum Driver {
    BLOCKING {
      @Override
      Integer execute(FakeHopClient client) throws IOException {
        return BlockingHop.execute(new Blocking(client));
      }
    },
    NON_BLOCKING {
      @Override
      Integer execute(FakeHopClient client) throws Exception {
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

    abstract Integer execute(FakeHopClient client) throws Exception;
  }

  private static final class Blocking implements BlockingHop.Client<Integer, RuntimeException> {
    private final FakeHopClient client;

    Blocking(FakeHopClient client) {
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
    private final FakeHopClient client;
    final CompletableFuture<Integer> result = new CompletableFuture<>();

    NonBlocking(FakeHopClient client) {
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
