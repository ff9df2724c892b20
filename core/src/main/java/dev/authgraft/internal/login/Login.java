package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.BackOff;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.CredentialSource;
import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.credential.RefreshToken;
import dev.authgraft.internal.credential.StrategyActivity;
import dev.authgraft.internal.secret.PendingSecretException;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.Digest;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.SecretException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logs in, or refreshes, by the exchanges of one strategy. */
final class Login implements CredentialSource {
  private final String name;
  private final StrategyActivity activity;
  private final LoginSteps steps;
  private final List<Template> secrets;
  private final CredentialExtractor extractor;
  private final LoginContext context;

  /**
   * @param activity is told of each login and refresh; its title names the strategy in messages
   * @param secrets the templates that a full login sends
   */
  Login(
      StrategyActivity activity,
      StrategySettings settings,
      LoginSteps steps,
      List<Template> secrets,
      LoginContext context) {
    this.name = activity.title();
    this.activity = activity;
    this.steps = steps;
    this.secrets = secrets;
    this.extractor = new CredentialExtractor(steps, settings, context);
    this.context = context;
  }

  @Override
  public Credential fetch(@Nullable Credential replaced, boolean usable, LoginDeadline deadline)
      throws LoginFailure {
    Credential refreshed = refresh(replaced, usable, deadline);
    if (refreshed != null) return refreshed;
    deadline.begin(timeout());
    ReadPolicy policy = ReadPolicy.ofLogin();
    String digest = String.valueOf(secretsDigest(policy));
    String other = context.refusals().refused(digest, name, context.time().millis());
    if (other != null) {
      throw LoginFailure.refused("the same login was just refused for " + other);
    }
    try {
      Credential credential = activity.login(() -> logIn(policy, deadline));
      log("logged in", credential);
      return credential;
    } catch (LoginFailure e) {
      if (e.isRefused()) {
        context
            .refusals()
            .note(digest, name, context.time().millis() + BackOff.afterFailure(e, 1, 0));
      }
      throw e;
    }
  }

  /** Returns a refreshed credential, or null if only a full login can help. */
  private @Nullable Credential refresh(
      @Nullable Credential replaced, boolean usable, LoginDeadline deadline) throws LoginFailure {
    RefreshStep step = steps.refresh();
    RefreshToken token = replaced == null ? null : replaced.refreshToken();
    if (step == null || replaced == null || token == null || !token.spend()) return null;
    deadline.begin(timeout());
    try {
      Credential credential = activity.refresh(() -> sendRefresh(step, replaced, token, deadline));
      log("refreshed", credential);
      return credential;
    } catch (LoginFailure e) {
      // A token that lives can wait for the server to recover. One that may have been rotated, or
      // was refused, cannot be refreshed any more; and without a usable one nothing is lost.
      if (usable && !e.isRefused() && !token.isSingleUse()) throw e;
      if (e.isRefused()) token.refuse();
      context.log().log(
          e.isRefused() ? Log.Level.INFO : Log.Level.WARN,
          name + ": " + e.getMessage() + "; logging in instead");
      return null;
    }
  }

  private Credential sendRefresh(
      RefreshStep step, Credential replaced, RefreshToken token, LoginDeadline deadline)
      throws LoginFailure {
    StepValues stepValues = new StepValues(ReadPolicy.ofLogin()).with("token", replaced.secret());
    if (step.isSeparate()) stepValues.with("refresh-token", token.value());
    Exchange exchange = step.exchange();
    long sentAt = context.time().millis();
    LoginResponse answer = exchange.send(context, stepValues, deadline);
    exchange.check(answer, stepValues, context.time().millis());
    return extractor.token(exchange, answer, stepValues, sentAt, token);
  }

  private Credential logIn(ReadPolicy policy, LoginDeadline deadline) throws LoginFailure {
    StepValues stepValues = new StepValues(policy);
    CookieJar jar = new CookieJar();
    Map<String, String> hidden = Collections.emptyMap();
    Exchange page = steps.page();
    Exchange preAuth = steps.preAuth();
    if (page != null) hidden = fetchPage(page, stepValues, jar, deadline);
    if (page == null && preAuth == null) return logIn(stepValues, jar, hidden, deadline);
    long skew = preAuth == null ? 0 : preAuth(preAuth, stepValues, deadline);
    try {
      OneTimeCodeSource code = steps.code();
      if (code != null) {
        long serverTime = context.time().millis() + skew;
        stepValues.with(
            "code", activity.code(() -> code.code(context, stepValues, serverTime, deadline)));
      }
      return logIn(stepValues, jar, hidden, deadline);
    } catch (LoginFailure e) {
      throw e.afterAnAnswer();
    }
  }

  /** Returns by how much the server's clock is ahead of ours. */
  private long preAuth(Exchange preAuth, StepValues stepValues, LoginDeadline deadline)
      throws LoginFailure {
    LoginResponse answer = preAuth.send(context, stepValues, deadline);
    preAuth.check(answer, stepValues, context.time().millis());
    stepValues.with("pre-auth.token", preAuth.token(answer, stepValues));
    return extractor.serverTime(answer) - context.time().millis();
  }

  private Credential logIn(
      StepValues stepValues, CookieJar jar, Map<String, String> hidden, LoginDeadline deadline)
      throws LoginFailure {
    long sentAt = context.time().millis();
    Exchange login = steps.login();
    LoginResponse answer = login.send(context, stepValues, deadline, jar.cookies(), hidden);
    if (login.yieldsCookies()) return extractor.cookies(answer, stepValues, sentAt, jar);
    login.check(answer, stepValues, context.time().millis());
    return extractor.token(login, answer, stepValues, sentAt, null);
  }

  private Map<String, String> fetchPage(
      Exchange page, StepValues stepValues, CookieJar jar, LoginDeadline deadline)
      throws LoginFailure {
    LoginResponse answer = page.send(context, stepValues, deadline);
    page.check(answer, stepValues, context.time().millis());
    jar.take(answer, extractor.serverTime(answer));
    Map<String, String> hidden = HiddenFields.of(answer);
    for (String value : hidden.values()) stepValues.secret(value);
    return hidden;
  }

  private void log(String what, Credential credential) {
    if (!context.log().isEnabled(Log.Level.DEBUG)) return;
    long life = credential.life().lifeMillis();
    context.log().log(
        Log.Level.DEBUG,
        name
            + ": "
            + what
            + ", "
            + (life < 0 ? "good until it is rejected" : "good for " + Durations.show(life)));
  }

  @Override
  public @Nullable String secretsDigest(ReadPolicy policy) {
    List<String> values = new ArrayList<>();
    for (Template secret : secrets) {
      try {
        values.add(secret.resolve(new StepValues(policy.comparing())));
      } catch (PendingSecretException e) {
        return null;
      } catch (SecretException e) {
        values.add("missing"); // Once it is there, the digest is another.
      }
    }
    return Digest.of(values);
  }

  @Override
  public Duration timeout() {
    return context.http().timeout();
  }
}
