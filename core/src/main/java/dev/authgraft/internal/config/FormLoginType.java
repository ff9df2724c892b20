package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.config.key.TextsKind;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import dev.authgraft.internal.util.HttpToken;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code form-login}: a form of HTML, which yields a token or cookies. */
final class FormLoginType extends StrategyType {
  private static final Key<ConfigNode> PAGE =
      Key.of(
              "page",
              TextKind.template(TextFormat.URL),
              "fetched first, for its cookies and hidden fields. Default: no page")
          .shown();
  private static final Key<List<ConfigNode>> COOKIES =
      Key.of(
              "cookies",
              TextsKind.plain(TextFormat.COOKIE_NAME),
              "the cookies that a request presents instead of a token. Default: none")
          .shownIfName();
  private static final Keys EXCHANGE =
      ExchangeReader.KEYS
          .and("form-exchange", COOKIES)
          .with(Constraint.excludes(COOKIES, ExchangeReader.TOKEN));
  private static final Key<Section> LOGIN = TokenStrategyReader.login("an exchange", EXCHANGE);

  FormLoginType() {
    super(
        StrategyKind.FORM_LOGIN,
        "an HTML form, for a token or a session cookie",
        TokenStrategyReader.keys(Keys.of("form-login", TYPE, PAGE, LOGIN, RefreshReader.REFRESH)));
  }

  @Override
  @Nullable Strategy read(StrategySection strategy) {
    TokenStrategyReader reader =
        new TokenStrategyReader(strategy, ExchangeBodyReader.Unless.EMPTY_FORM);
    reader.page(PAGE);
    Section login = strategy.section.get(LOGIN);
    reader.login(login == null ? null : login(login, reader.exchanges()));
    reader.refresh();
    return reader.end(this);
  }

  private static @Nullable Exchange login(Section section, ExchangeReader exchanges) {
    section.expecting(EXCHANGE);
    List<String> cookies = new ArrayList<>();
    for (ConfigNode cookie : section.values(COOKIES)) {
      if (!HttpToken.isToken(cookie.text)) {
        section.problem(cookie.position, "'" + cookie.text + "' is not the name of a cookie");
      }
      cookies.add(cookie.text);
    }
    if (!cookies.isEmpty() && section.has(ExchangeReader.TOKEN)) {
      section.problem(
          section.positionOf(ExchangeReader.TOKEN),
          section.title() + " yields cookies or a token, not both");
    }
    return exchanges.read(ExchangeKind.LOGIN, section, EXCHANGE, cookies);
  }

  /**
   * Warns if no rejection is configured: by default, a login page with status 200 is no rejection,
   * and the program takes it for the answer.
   */
  @Override
  void warn(Strategy strategy, WarningList found) {
    if (!strategy.rejection().isAssumed()) return;
    found.add(
        strategy.position(),
        "nothing says how the end of a session of "
            + strategy
            + " is seen: "
            + strategy.rejection()
            + " is assumed (write rejected-when; if the login page comes with status 200, only"
            + " {status: 200, body: a text of that page} sees it, by a look into every such"
            + " answer)");
  }
}
