package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.LoginPages;
import dev.authgraft.internal.login.LoginSteps;
import dev.authgraft.internal.login.OneTimeCodeSource;
import dev.authgraft.internal.login.RefreshStep;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.TokenStrategy;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a strategy that logs in, step by step: its type calls a method for each step that it has,
 * in the order in which a login makes them, and {@link #end} last. A step may refer to what the
 * steps before it yield.
 */
final class TokenStrategyReader {
  private static final Key<ConfigNode> REJECTED_WHEN =
      RejectionReader.key("the answers that reject the token");
  private static final Key<Duration> LIFETIME =
      Key.duration(
              "lifetime",
              "used if neither expires-in nor the JWT's exp says one; of cookies, used if Max-Age"
                  + " and Expires do not say less. Default: until it is rejected")
          .shown();
  private static final Key<Duration> REFRESH_AHEAD =
      Key.duration(
              "refresh-ahead",
              "how long before its end a token is renewed, while it still serves. Default: 20 % of"
                  + " its life, at most 5m")
          .shown();

  private final StrategySection strategy;
  private final Section section;
  private final LoginTemplates templates;
  private final ExchangeBodyReader.Unless bodyUnless;
  private @Nullable Exchange page;
  private @Nullable Exchange preAuth;
  private @Nullable OneTimeCodeSource code;
  private @Nullable Exchange login;
  private @Nullable RefreshStep refresh;

  /**
   * @param bodyUnless the body of an exchange that says nothing of one
   */
  TokenStrategyReader(StrategySection strategy, ExchangeBodyReader.Unless bodyUnless) {
    this.strategy = strategy;
    this.section = strategy.section;
    this.templates = new LoginTemplates(strategy.context);
    this.bodyUnless = bodyUnless;
  }

  /** Returns the keys of a type: {@code own}, and those of all strategies that log in. */
  static Keys keys(Keys own) {
    return own.and(own.title(), PlacementReader.APPLY, REJECTED_WHEN, LIFETIME, REFRESH_AHEAD);
  }

  /** Returns the key of a login. */
  static Key<Section> login(String sentence, Keys exchange) {
    return Key.section("login", exchange, sentence).required("url and what to send");
  }

  /** Returns what reads the templates of the steps. */
  LoginTemplates templates() {
    return templates;
  }

  void page(Key<ConfigNode> key) {
    ConfigNode url = section.get(key);
    if (url == null) return;
    // With templates of its own: the secrets of a login are those that its other steps send.
    LoginTemplates ofPage = new LoginTemplates(strategy.context);
    page = Exchange.page(ofPage.readUrl(url, key + " of " + section.title()));
  }

  void preAuth(Key<Section> key) {
    Section of = section.get(key);
    if (of != null) preAuth = exchange(ExchangeKind.PRE_AUTH, of);
    // Even without one: that a login refers to it is right.
    templates.addStep("pre-auth.token");
  }

  void code(Key<ConfigNode> key) {
    ConfigNode of = section.get(key);
    if (of == null) return;
    code = new CodeReader(templates, strategy.context.directory).read(section, of);
    templates.addStep("code");
  }

  /** Reads a login that yields a token. */
  void login(Key<Section> key) {
    Section of = section.get(key);
    if (of != null) login = exchange(ExchangeKind.LOGIN, of);
  }

  /** Sets a login that the type has read itself; null for one that has problems. */
  void login(@Nullable Exchange exchange) {
    login = exchange;
  }

  private @Nullable Exchange exchange(ExchangeKind kind, Section of) {
    return exchanges().read(kind, of, ExchangeReader.KEYS, Collections.emptyList());
  }

  ExchangeReader exchanges() {
    return new ExchangeReader(templates, bodyUnless);
  }

  void refresh() {
    Section of = section.get(RefreshReader.REFRESH);
    if (of == null) return;
    refresh = new RefreshReader(strategy.context, bodyUnless).read(of);
    if (login != null && login.yieldsCookies()) {
      section.problem(of.position(), "a login that yields cookies has no refresh (leave it out)");
    }
  }

  /** Reads the keys of all strategies that log in, and returns the strategy or null. */
  @Nullable Strategy end(StrategyType type) {
    Exchange last = login;
    Placement placement = placement(last);
    Rejection rejection = RejectionReader.read(section, REJECTED_WHEN);
    if (last != null && last.yieldsCookies()) {
      rejection = rejection.orRedirectTo(LoginPages.of(page, last));
    }
    Duration lifetime = section.get(LIFETIME);
    Duration refreshAhead = section.get(REFRESH_AHEAD);
    section.reportUnknownKeys(type.keys());
    if (last == null) return null;
    LoginSteps steps =
        LoginSteps.builder(last)
            .page(page)
            .preAuth(preAuth)
            .code(code)
            .refresh(refresh)
            .lifetime(lifetime)
            .refreshAhead(refreshAhead)
            .build();
    List<Template> secrets = templates.all();
    return new TokenStrategy(
        strategy.settings(type.kind(), placement, rejection),
        steps,
        secrets,
        strategy.loginContext);
  }

  private Placement placement(@Nullable Exchange last) {
    if (last == null || !last.yieldsCookies()) return PlacementReader.ofToken(section);
    Section apply = section.get(PlacementReader.APPLY);
    if (apply != null) {
      section.problem(
          apply.position(), "cookies are sent as the server named them (leave 'apply' out)");
    }
    return Placement.cookies(last.cookies());
  }
}
