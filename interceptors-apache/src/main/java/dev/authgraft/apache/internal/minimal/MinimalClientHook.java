package dev.authgraft.apache.internal.minimal;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.classic.ClassicAnswer;
import dev.authgraft.apache.internal.request.ApacheRequestEditor;
import dev.authgraft.apache.internal.request.BorrowedRequest;
import dev.authgraft.apache.internal.request.RequestCopy;
import dev.authgraft.apache.internal.request.Targets;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.ResultHook;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the request of the minimal classic client, which has no chain, by a copy with a
 * credential. A rejected credential is only forgotten, since this client sends nothing twice.
 */
public final class MinimalClientHook implements ArgumentHook, ResultHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public MinimalClientHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (!(argument instanceof ClassicHttpRequest)) return argument;
    Authgraft served = authgraft.get();
    return served == null ? argument : authenticated((ClassicHttpRequest) argument, served);
  }

  @Override
  public @Nullable Object end(@Nullable Object argument, @Nullable Object result) {
    if (argument instanceof AuthenticatedRequest) ((AuthenticatedRequest) argument).ended(result);
    return result;
  }

  private static ClassicHttpRequest authenticated(ClassicHttpRequest request, Authgraft authgraft) {
    // The client gives it the authority of its target host, if it has none itself.
    if (request.getAuthority() == null) return new AuthenticatedRequest(request, authgraft, null);
    Attempt attempt = attempt(request, authgraft);
    return attempt == null ? request : new AuthenticatedRequest(request, authgraft, attempt);
  }

  private static @Nullable Attempt attempt(ClassicHttpRequest request, Authgraft authgraft) {
    Attempt attempt = authgraft.attempt(Targets.of(request));
    return attempt != null && attempt.isWantedBy(new ApacheRequestEditor(request)) ? attempt : null;
  }

  /**
   * A request that carries a credential from when the client begins to read it until it is answered
   * or has failed. Obtaining it may fail, but a hook must not throw; so it is obtained when the
   * client asks for the scheme or sets the authority, which it does first.
   */
  private static final class AuthenticatedRequest extends RequestCopy {
    private static final long serialVersionUID = 1L;

    private final transient BorrowedRequest borrowed = new BorrowedRequest(this);
    private final transient Authgraft authgraft;
    private transient @Nullable Attempt attempt;
    private final boolean constructed;
    private boolean asked;

    AuthenticatedRequest(
        ClassicHttpRequest original, Authgraft authgraft, @Nullable Attempt attempt) {
      super(original);
      this.authgraft = authgraft;
      this.attempt = attempt;
      this.constructed = true;
    }

    @Override
    public String getScheme() {
      if (attempt != null) authenticate(attempt);
      return super.getScheme();
    }

    @Override
    public void setAuthority(URIAuthority authority) {
      super.setAuthority(authority);
      if (!constructed || asked) return;
      try {
        attempt = attempt(this, authgraft);
      } catch (Throwable e) {
        throw AuthenticatedRequest.<RuntimeException>raise(Contained.failure(e));
      }
      if (attempt != null) authenticate(attempt);
    }

    private void authenticate(Attempt wanted) {
      if (asked) return;
      asked = true;
      try {
        if (wanted.obtain(false, this::isCancelled)) wanted.applyTo(borrowed);
        else attempt = null;
      } catch (Throwable e) {
        throw AuthenticatedRequest.<RuntimeException>raise(Contained.failure(e));
      }
    }

    /** Throws {@code e} through a method that does not declare it, to a caller that does. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Exception> T raise(IOException e) throws T {
      throw (T) e;
    }

    /** Takes the credential back: the program finds this request in its context. */
    void ended(@Nullable Object result) {
      borrowed.giveBack();
      if (attempt == null || !(result instanceof ClassicHttpResponse)) return;
      try {
        Answer answer = new ClassicAnswer((ClassicHttpResponse) result, () -> {});
        if (attempt.isRenewalDue(answer)) attempt.invalidate();
      } catch (Throwable e) {
        // The program gets the response in any case, and meets the failure when it reads the body.
      }
    }
  }
}
