package dev.authgraft.internal.config;

import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.login.ApiKeyStrategy;
import dev.authgraft.internal.login.CodeSource;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.LoginPages;
import dev.authgraft.internal.login.LoginSteps;
import dev.authgraft.internal.login.RefreshStep;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import dev.authgraft.internal.login.StrategySettings;
import dev.authgraft.internal.login.TokenStrategy;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.HttpToken;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one entry of the section {@code strategies}. */
final class StrategyReader {
  private final Problems problems;
  private final TemplateReader templates;
  private final ExchangeReader exchanges;
  private final CodeReader codes;
  private final RejectionReader rejections;
  private final LoginContext context;

  StrategyReader(
      Problems problems, TemplateReader templates, File directory, LoginContext context) {
    this.problems = problems;
    this.templates = templates;
    this.exchanges = new ExchangeReader(problems, templates);
    this.codes = new CodeReader(problems, exchanges, directory);
    this.rejections = new RejectionReader(problems, templates);
    this.context = context;
  }

  /** Returns the strategy, or null if it has problems. */
  @Nullable Strategy read(String name, ConfigNode.Entry entry) {
    Section section = Section.of(entry, "strategy '" + name + "'", problems);
    if (entry.value.kind != ConfigNode.Kind.MAP) return null;
    String type = StrategyType.read(section);
    if (type == null) return null;
    section.expecting(keys(type));
    switch (type) {
      case "api-key":
        return apiKey(name, section);
      case "basic":
        return basic(name, section);
      case "oauth2-client-credentials":
        return clientCredentials(name, section);
      default:
        return token(name, type, section);
    }
  }

  private static Keys keys(String type) {
    Keys keys = Keys.STRATEGY.get(type);
    if (keys == null) throw new IllegalStateException(type);
    return keys;
  }

  private @Nullable Strategy apiKey(String name, Section section) {
    ConfigNode value = section.required("value", "write ${env:NAME}");
    ConfigNode cookie = templates.plain(section.scalar("cookie"));
    Placement placement = placement(section, cookie, "");
    Rejection rejection = rejections.read(section);
    section.end(keys("api-key"));
    if (value == null) return null;
    return new ApiKeyStrategy(
        new StrategySettings(name, StrategyKind.API_KEY, section.place(), placement, rejection),
        templates.read(value),
        cookie == null ? null : cookie.text,
        context);
  }

  /** RFC 7617. */
  private @Nullable Strategy basic(String name, Section section) {
    ConfigNode user = section.required("username", "write ${env:NAME}");
    ConfigNode password = section.required("password", "write ${env:NAME}");
    ConfigNode header = templates.plain(section.scalar("header"));
    Placement placement =
        Placement.header(
            header == null ? "Authorization" : named("header", header, section, true), "Basic ");
    Rejection rejection = rejections.read(section);
    section.end(keys("basic"));
    Template userTemplate = user == null ? null : templates.read(user);
    Template passwordTemplate = password == null ? null : templates.read(password);
    if (userTemplate == null || passwordTemplate == null) return null;
    Template value =
        new Template(
            Collections.singletonList(new Template.Basic(userTemplate, passwordTemplate, false)),
            section.place());
    return new ApiKeyStrategy(
        new StrategySettings(name, StrategyKind.BASIC, section.place(), placement, rejection),
        value,
        null,
        context);
  }

  /** RFC 6749, section 4.4. */
  private @Nullable Strategy clientCredentials(String name, Section section) {
    ExchangeReader.Steps steps = new ExchangeReader.Steps(section.title(), true);
    Exchange login = exchanges.readClientCredentials(section, steps);
    Placement placement = applied(section, null);
    Rejection rejection = rejections.read(section);
    Duration lifetime = section.duration("lifetime");
    Duration refreshAhead = section.duration("refresh-ahead");
    section.end(keys("oauth2-client-credentials"));
    if (login == null) return null;
    StrategyKind kind = StrategyKind.OAUTH2_CLIENT_CREDENTIALS;
    return new TokenStrategy(
        new StrategySettings(name, kind, section.place(), placement, rejection),
        LoginSteps.builder(login).lifetime(lifetime).refreshAhead(refreshAhead).build(),
        new ArrayList<>(steps.templates()),
        context);
  }

  private @Nullable Strategy token(String name, String type, Section section) {
    boolean form = type.equals("form-login");
    boolean twoFactor = type.equals("pre-auth-2fa");
    ExchangeReader.Steps steps = new ExchangeReader.Steps(section.title(), form);

    ConfigNode page = form ? section.scalar("page") : null;
    Section preAuthSection = twoFactor ? section.section("pre-auth") : null;
    Exchange preAuth = null;
    if (preAuthSection != null) {
      preAuth = exchanges.read(ExchangeKind.PRE_AUTH, preAuthSection, steps);
    } else if (twoFactor && section.node("pre-auth") == null) {
      problems.add(section.home(), section.title() + " has no 'pre-auth' (url and json)");
    }
    // Even without one: that a login refers to it is right.
    if (twoFactor) steps.add("pre-auth.token");
    ConfigNode codeNode = twoFactor ? section.node("code") : null;
    CodeSource code = codeNode == null ? null : codes.read(codeNode, steps);
    if (codeNode != null) steps.add("code");

    Section loginSection = section.section("login");
    if (loginSection == null && section.node("login") == null) {
      problems.add(section.home(), section.title() + " has no 'login' (url and what to send)");
    }
    Exchange login = loginSection == null ? null : exchanges.readLogin(loginSection, steps, form);
    List<Template> secrets = new ArrayList<>(steps.templates());

    Section refreshSection = section.section("refresh");
    ExchangeReader.Steps refreshSteps = new ExchangeReader.Steps(section.title(), form);
    refreshSteps.add("token");
    refreshSteps.add("refresh-token");
    boolean singleUse = refreshSection != null && refreshSection.bool("single-use", false);
    Exchange refresh =
        refreshSection == null ? null : exchanges.readRefresh(refreshSection, refreshSteps);

    boolean cookies = login != null && login.yieldsCookies();
    Placement placement = applied(section, login);
    if (cookies && refreshSection != null) {
      problems.add(
          refreshSection.place(), "a login that yields cookies has no refresh (leave it out)");
    }
    Exchange fetched = page == null ? null : exchanges.page(page, steps);
    Rejection rejection = rejections.read(section);
    if (cookies && login != null) rejection = rejection.orRedirectTo(LoginPages.of(fetched, login));
    Duration lifetime = section.duration("lifetime");
    Duration refreshAhead = section.duration("refresh-ahead");
    section.end(keys(type));
    if (login == null) return null;
    StrategyKind kind =
        form
            ? StrategyKind.FORM_LOGIN
            : twoFactor ? StrategyKind.PRE_AUTH_2FA : StrategyKind.LAZY_JWT;
    RefreshStep refreshStep =
        refresh == null
            ? null
            : new RefreshStep(refresh, singleUse, refreshSteps.uses("refresh-token"));
    LoginSteps loginSteps =
        LoginSteps.builder(login)
            .page(fetched)
            .preAuth(preAuth)
            .code(code)
            .refresh(refreshStep)
            .lifetime(lifetime)
            .refreshAhead(refreshAhead)
            .build();
    return new TokenStrategy(
        new StrategySettings(name, kind, section.place(), placement, rejection),
        loginSteps,
        secrets,
        context);
  }

  private Placement applied(Section section, @Nullable Exchange login) {
    Section apply = section.section("apply");
    if (login != null && login.yieldsCookies()) {
      if (apply != null) {
        problems.add(
            apply.place(), "cookies are sent as the server named them (leave 'apply' out)");
      }
      return Placement.cookies(login.cookies());
    }
    if (apply == null) return Placement.header("Authorization", "Bearer ");
    Placement placement = placement(apply, null, "Bearer ");
    apply.end(Keys.APPLY);
    return placement;
  }

  /** Reads {@code header}, {@code query} or the {@code cookie}, and {@code prefix}. */
  private Placement placement(Section section, @Nullable ConfigNode cookie, String defaultPrefix) {
    ConfigNode header = templates.plain(section.scalar("header"));
    ConfigNode query = templates.plain(section.scalar("query"));
    ConfigNode prefix = templates.plain(section.scalar("prefix"));
    int named = (header == null ? 0 : 1) + (query == null ? 0 : 1) + (cookie == null ? 0 : 1);
    if (named > 1) {
      problems.add(
          section.place(), section.title() + " names more than one of header, query and cookie");
    }
    if (prefix != null && (query != null || cookie != null)) {
      problems.add(prefix.place, "only a header has a prefix (write it into the value)");
    }
    if (query != null) return Placement.query(named("query", query, section, false));
    if (cookie != null) {
      return Placement.cookies(Collections.singletonList(named("cookie", cookie, section, true)));
    }
    String text = prefix == null ? defaultPrefix : prefix.text;
    if (prefix != null && !isPrintable(text)) {
      problems.add(prefix.place, "prefix holds a character that no header can carry");
    }
    return Placement.header(
        header == null ? "Authorization" : named("header", header, section, true), text);
  }

  private String named(String key, ConfigNode node, Section section, boolean token) {
    if (node.text.isEmpty() || (token && !HttpToken.isToken(node.text))) {
      // Not repeated: it may be a whole header, with its value.
      problems.add(
          node.place,
          "'" + key + "' of " + section.title() + " is not a name (write one as X-Api-Key)");
    }
    return node.text;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) return false;
    }
    return true;
  }
}
