package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.async.AsyncAnswer.BodyWanted;
import dev.authgraft.apache.internal.exec.DroppedAnswer;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a hop. Its answer is held back until it is known whether it goes to the program or
 * is replaced by that of another sending.
 */
final class HopResponseCallback implements AsyncExecCallback, AsyncDataConsumer {
  /*
   * HttpClient calls this one call at a time, usually on the thread of the connection. The verdict
   * may come from another one. Whoever brings it takes the step that follows, if the exchange has
   * gone far enough for that, and else the connection's next call does.
   */
  private enum Verdict {
    OPEN,
    PASS,
    DISCARD
  }

  /** How long is waited for what a look wants of the body: {@code Answer} says so. */
  private static final long MOST_MILLIS_LOOKED = 2000;

  private final AsyncHop hop;
  private final AsyncApplyingRuntime runtime;
  private final boolean mayRenew;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable BufferedAnswer answer;

  // Guarded by this.
  private Verdict verdict = Verdict.OPEN;

  /** How much of the body is still to be looked into; 0 where only a login is waited for. */
  private int wanted;

  private int dropped;
  private @Nullable Future<?> timeout;

  /**
   * @param mayRenew whether this is the first sending
   */
  HopResponseCallback(AsyncHop hop, AsyncApplyingRuntime runtime, boolean mayRenew) {
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
    BufferedAnswer held =
        new BufferedAnswer(hop.callback(), received, details, this::complete, this::fail);
    answer = held;
    if (!runtime.hasApplied()) decide(Verdict.PASS);
    else judge(held, details == null ? new byte[0] : null);
    if (verdict() == Verdict.PASS && held.claim()) return held.handOnHead();
    if (details == null) return null;
    if (verdict() == Verdict.DISCARD) drop(held);
    return this;
  }

  /**
   * Asks whether the answer rejects the credential, and what follows.
   *
   * @param beginning of the body, null if none of it has come yet
   */
  private void judge(BufferedAnswer held, byte @Nullable [] beginning) throws IOException {
    try {
      decideBy(held, beginning);
    } catch (RuntimeException | Error e) { // The answer stands.
      Contained.rethrowProgramsOwn(e);
      decide(Verdict.PASS);
    }
  }

  private void decideBy(BufferedAnswer held, byte @Nullable [] beginning) throws IOException {
    boolean rejected;
    try {
      rejected = hop.attempt().isRejectedBy(new AsyncAnswer(held.head(), beginning));
    } catch (BodyWanted e) {
      look(e);
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

  private synchronized void look(BodyWanted body) {
    wanted = body.limit();
    timeout = Timeouts.after(MOST_MILLIS_LOOKED, Resumption.of(this::judgeWhatHasCome, this::fail));
  }

  private void renew() {
    CompletableFuture<Boolean> renewed = hop.attempt().renewAsync().toCompletableFuture();
    if (renewed.isDone()) {
      decide(verdictOf(renewed));
      return;
    }
    Runnable resumption =
        Resumption.of(
            () -> {
              decide(verdictOf(renewed));
              proceed();
            },
            this::fail);
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
    setTimeout(null);
  }

  private synchronized void setTimeout(@Nullable Future<?> until) {
    if (timeout != null) timeout.cancel(false);
    timeout = until;
  }

  /** Takes the step that follows from the verdict, if there is one. */
  private void proceed() throws IOException {
    BufferedAnswer held = answer;
    Verdict decided = verdict();
    if (held == null || decided == Verdict.OPEN) return;
    if (decided == Verdict.PASS) held.handOn();
    else if (held.hasEnded()) sendAgain(held.hasFailed() || closesConnection(held));
    else drop(held);
  }

  /** Lets the answer come to its end, so that its connection can be used again. */
  private void drop(BufferedAnswer held) throws IOException {
    if (held.left() > DroppedAnswer.MOST_BYTES) {
      giveUp();
      return;
    }
    setTimeout(Timeouts.after(DroppedAnswer.MOST_MILLIS, Resumption.of(this::giveUp, this::fail)));
    CapacityChannel channel = held.takeWithheld();
    if (channel != null) channel.update(DroppedAnswer.MOST_BYTES);
  }

  /** Waits no longer for the end of the answer. HTTP/2 has streams: there the connection stays. */
  private void giveUp() {
    BufferedAnswer held = answer;
    if (held != null && over.compareAndSet(false, true)) {
      Resumption.of(() -> replace(!isHttp2(held)), hop.callback()::failed).run();
    }
  }

  private void sendAgain(boolean connectionEnds) {
    if (over.compareAndSet(false, true)) replace(connectionEnds);
  }

  private void replace(boolean connectionEnds) {
    setTimeout(null);
    hop.sendAgain(runtime, connectionEnds);
  }

  private static boolean isHttp2(BufferedAnswer held) {
    ProtocolVersion version = held.head().getVersion();
    return version != null && version.getMajor() >= 2;
  }

  private static boolean closesConnection(BufferedAnswer held) {
    Header connection = held.head().getFirstHeader("Connection");
    return connection != null && connection.getValue().toLowerCase(Locale.ROOT).contains("close");
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    BufferedAnswer held = held();
    if (verdict() == Verdict.DISCARD) {
      drop(source, held);
    } else if (held.hold(source)) {
      byte[] enough = beginning(held, true);
      if (enough == null) return;
      judge(held, enough);
      proceed();
    } else {
      held.consume(source);
    }
  }

  private void drop(ByteBuffer source, BufferedAnswer held) throws IOException {
    boolean isTooMuch;
    synchronized (this) {
      dropped += source.remaining();
      isTooMuch = dropped > DroppedAnswer.MOST_BYTES;
    }
    source.position(source.limit());
    if (isTooMuch) giveUp();
    if (over.get() && isHttp2(held)) {
      throw new H2StreamResetException(H2Error.CANCEL, "the answer was replaced");
    }
  }

  /**
   * Returns as much of the body as is wanted, and wants no more; null if nothing is wanted.
   *
   * @param isWhole whether null is returned until there is all that is wanted
   */
  private synchronized byte @Nullable [] beginning(BufferedAnswer held, boolean isWhole) {
    if (wanted == 0 || (isWhole && held.size() < wanted)) return null;
    byte[] bytes = held.bytes();
    byte[] beginning = bytes.length > wanted ? Arrays.copyOf(bytes, wanted) : bytes;
    wanted = 0;
    setTimeout(null);
    return beginning;
  }

  private void judgeWhatHasCome() throws IOException {
    BufferedAnswer held = held();
    byte[] all = beginning(held, false);
    if (all == null) return;
    judge(held, all);
    proceed();
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    BufferedAnswer held = held();
    if (verdict() == Verdict.DISCARD) {
      channel.update(DroppedAnswer.MOST_BYTES);
      return;
    }
    int more = wanted(held);
    if (more > 0) {
      channel.update(more);
    } else if (!held.hold(channel)) {
      held.updateCapacity(channel);
    } else if (verdict() == Verdict.DISCARD) {
      CapacityChannel again = held.takeWithheld();
      if (again != null) again.update(DroppedAnswer.MOST_BYTES);
    }
  }

  private synchronized int wanted(BufferedAnswer held) {
    return wanted - held.size();
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> last) throws HttpException, IOException {
    BufferedAnswer held = held();
    if (verdict() == Verdict.DISCARD) return;
    if (held.holdEndOfBody(last)) judgeWhatHasCome();
    else held.streamEnd(last);
  }

  @Override
  public void completed() {
    BufferedAnswer held = held();
    try {
      judgeWhatHasCome();
      letCancel();
      if (held.holdEnd(null)) proceed();
      else complete();
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Lets the call be canceled while it waits for a login and no longer for the exchange. */
  private void letCancel() {
    if (verdict() == Verdict.OPEN) {
      hop.scope().cancellableDependency.setDependency(() -> hop.cancel(over));
    }
  }

  @Override
  public void failed(Exception cause) {
    BufferedAnswer held = answer;
    if (held == null || hop.scope().cancellableDependency.isCancelled()) {
      fail(cause);
      return;
    }
    // What cannot be read does not reject: the program meets the failure where it reads.
    if (beginning(held, false) != null) decide(Verdict.PASS);
    letCancel();
    if (!held.holdEnd(cause)) {
      fail(cause);
      return;
    }
    try {
      proceed();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void complete() {
    if (over.compareAndSet(false, true)) hop.callback().completed();
  }

  private void fail(Exception cause) {
    if (over.compareAndSet(false, true)) hop.callback().failed(cause);
  }

  @Override
  public void releaseResources() {
    if (answer != null) answer.releaseResources();
  }

  private BufferedAnswer held() {
    BufferedAnswer held = answer;
    if (held == null) throw new IllegalStateException("no response yet");
    return held;
  }
}
