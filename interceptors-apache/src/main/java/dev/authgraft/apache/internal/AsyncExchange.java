package dev.authgraft.apache.internal;

import dev.authgraft.apache.internal.AsyncAnswer.BodyWanted;
import dev.authgraft.internal.Contained;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a hop. Its answer is held back until it is known whether it goes to the program or
 * is replaced by that of another sending.
 */
final class AsyncExchange implements AsyncExecCallback, AsyncDataConsumer {
  /*
   * HttpClient calls this one call at a time, usually on the thread of the connection. The verdict
   * may come from another one. Then whoever of both is later hands the answer on: the verdict, if
   * the exchange has ended, and else the connection's next call. So the program is never called by
   * two threads at once, and nothing is called under the lock.
   */
  private enum Verdict {
    OPEN,
    PASS,
    DISCARD
  }

  /** How much of an answer is held while a login decides about it; the rest waits at the server. */
  private static final int MOST_HELD = 64 * 1024;

  private final AsyncHop hop;
  private final AsyncApplyingRuntime runtime;
  private final boolean mayRenew;
  private final AtomicBoolean over = new AtomicBoolean();

  private @Nullable HttpResponse response;
  private @Nullable EntityDetails entity;
  private @Nullable AsyncDataConsumer consumer;
  private boolean handedOn;

  // Guarded by this.
  private Verdict verdict = Verdict.OPEN;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /** How much of the body is still to be looked into; 0 where only a login is waited for. */
  private int wanted;

  private @Nullable CapacityChannel withheld;
  private boolean bodyEnded;
  private @Nullable List<? extends Header> trailers;
  private boolean exchangeEnded;

  /**
   * @param mayRenew whether this is the first sending
   */
  AsyncExchange(AsyncHop hop, AsyncApplyingRuntime runtime, boolean mayRenew) {
    this.hop = hop;
    this.runtime = runtime;
    this.mayRenew = mayRenew;
  }

  @Override
  public void handleInformationResponse(HttpResponse information)
      throws HttpException, IOException {
    hop.callback().handleInformationResponse(information);
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse received, @Nullable EntityDetails details) throws HttpException, IOException {
    response = received;
    entity = details;
    if (!runtime.hasApplied()) {
      decide(Verdict.PASS);
    } else {
      judge(details == null ? new byte[0] : null);
    }
    if (verdict() == Verdict.PASS) {
      handedOn = true;
      consumer = hop.callback().handleResponse(received, details);
      return consumer;
    }
    return details == null ? null : this;
  }

  /**
   * Asks whether the answer rejects the credential, and what follows.
   *
   * @param beginning of the body, null if none of it has come yet
   */
  private void judge(byte @Nullable [] beginning) throws IOException {
    try {
      decideBy(beginning);
    } catch (RuntimeException | Error e) { // The answer stands.
      Contained.rethrowProgramsOwn(e);
      decide(Verdict.PASS);
    }
  }

  private void decideBy(byte @Nullable [] beginning) throws IOException {
    boolean rejected;
    try {
      rejected = hop.attempt().isRejectedBy(new AsyncAnswer(head(), beginning));
    } catch (BodyWanted e) {
      synchronized (this) {
        wanted = e.limit();
      }
      return;
    }
    if (!rejected || !mayRenew) {
      decide(Verdict.PASS);
    } else if (!hop.isRepeatable()) {
      hop.attempt().invalidate();
      decide(Verdict.PASS);
    } else {
      renew();
    }
  }

  private void renew() {
    CompletableFuture<Boolean> renewed = hop.attempt().renewAsync().toCompletableFuture();
    if (renewed.isDone()) {
      decide(verdictOf(renewed));
      return;
    }
    Runnable resumption = Resumption.of(() -> decideLater(verdictOf(renewed)), this::failed);
    renewed.whenComplete((yes, thrown) -> resumption.run());
  }

  private static Verdict verdictOf(CompletableFuture<Boolean> renewed) {
    return renewed.isCompletedExceptionally() || !renewed.join() ? Verdict.PASS : Verdict.DISCARD;
  }

  private synchronized Verdict verdict() {
    return verdict;
  }

  private synchronized void decide(Verdict decided) {
    verdict = decided;
    wanted = 0;
  }

  /** Decides on another thread than the connection's, which may be at work meanwhile. */
  private void decideLater(Verdict decided) throws IOException {
    CapacityChannel channel;
    boolean ended;
    synchronized (this) {
      decide(decided);
      channel = withheld;
      withheld = null;
      ended = exchangeEnded;
    }
    if (ended) finish();
    else if (channel != null) channel.update(MOST_HELD);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    byte[] enough = null;
    synchronized (this) {
      if (verdict == Verdict.OPEN) {
        hold(source);
        if (wanted == 0 || held.size() < wanted) return;
        enough = beginning();
      }
    }
    if (enough != null) judge(enough);
    if (verdict() != Verdict.PASS) {
      source.position(source.limit());
      return;
    }
    handOn();
    if (consumer != null && source.hasRemaining()) consumer.consume(source);
  }

  private void hold(ByteBuffer source) {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    held.write(bytes, 0, bytes.length);
  }

  /** Returns as much of the body as is wanted, and wants no more. Called under the lock. */
  private byte[] beginning() {
    byte[] bytes = Arrays.copyOf(held.toByteArray(), Math.min(wanted, held.size()));
    wanted = 0;
    return bytes;
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    int more = Integer.MAX_VALUE;
    boolean passes;
    synchronized (this) {
      passes = verdict == Verdict.PASS;
      if (verdict == Verdict.OPEN) {
        more = wanted - held.size();
        if (more <= 0) {
          withheld = channel;
          return;
        }
      }
    }
    if (passes) handOn();
    if (passes && consumer != null) consumer.updateCapacity(channel);
    else channel.update(more);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> last) throws HttpException, IOException {
    judgeWholeBody();
    synchronized (this) {
      if (verdict == Verdict.OPEN) {
        bodyEnded = true;
        trailers = last;
      }
      if (verdict != Verdict.PASS) return;
    }
    handOn();
    if (consumer != null) consumer.streamEnd(last);
  }

  private void judgeWholeBody() throws IOException {
    byte[] all = null;
    synchronized (this) {
      if (wanted > 0) all = beginning();
    }
    if (all != null) judge(all);
  }

  /** Gives the program the answer as far as it has come, if it has not got it yet. */
  private void handOn() throws IOException {
    if (handedOn) return;
    handedOn = true;
    byte[] bytes;
    synchronized (this) {
      bytes = held.toByteArray();
      held.reset();
    }
    try {
      consumer = hop.callback().handleResponse(head(), entity);
      if (consumer != null && bytes.length > 0) consumer.consume(ByteBuffer.wrap(bytes));
    } catch (HttpException e) { // A redirect that leads nowhere, say. The rest is of no use.
      failed(e);
    }
  }

  @Override
  public void completed() {
    try {
      judgeWholeBody();
      if (verdict() == Verdict.OPEN) {
        hop.scope().cancellableDependency.setDependency(() -> hop.cancel(over));
      }
      synchronized (this) {
        if (exchangeEnded) return; // A body that is sent to its end after the answer says so again.
        exchangeEnded = true;
        if (verdict == Verdict.OPEN) return;
      }
      finish();
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Takes the step that follows, now that there is a verdict and the exchange has ended. */
  private void finish() throws IOException {
    if (verdict() == Verdict.DISCARD) {
      boolean connectionCloses = closesConnection();
      if (over.compareAndSet(false, true)) hop.sendAgain(runtime, connectionCloses);
      return;
    }
    handOn();
    try {
      if (bodyEnded && consumer != null) consumer.streamEnd(trailers);
    } catch (HttpException e) {
      failed(e);
    }
    if (over.compareAndSet(false, true)) hop.callback().completed();
  }

  private boolean closesConnection() {
    Header connection = head().getFirstHeader("Connection");
    return connection != null && connection.getValue().toLowerCase(Locale.ROOT).contains("close");
  }

  @Override
  public void failed(Exception cause) {
    if (over.compareAndSet(false, true)) hop.callback().failed(cause);
  }

  @Override
  public void releaseResources() {
    if (consumer != null) consumer.releaseResources();
  }

  private HttpResponse head() {
    return Objects.requireNonNull(response, "no response yet");
  }
}
