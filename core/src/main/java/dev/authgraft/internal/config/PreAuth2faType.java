package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import org.jspecify.annotations.Nullable;

/** {@code pre-auth-2fa}: an exchange for a temporary token, a code, an exchange for the token. */
final class PreAuth2faType extends StrategyType {
  private static final Key<Section> PRE_AUTH =
      Key.section(
              "pre-auth", ExchangeReader.KEYS, "an exchange; its token becomes ${pre-auth.token}")
          .required("url and json")
          .withoutStrayKeys();
  private static final Key<Section> LOGIN =
      TokenStrategyReader.login("an exchange", ExchangeReader.KEYS);

  PreAuth2faType() {
    super(
        StrategyKind.PRE_AUTH_2FA,
        "a temporary token, a second factor, then the token",
        TokenStrategyReader.keys(
            Keys.of(
                "pre-auth-2fa", TYPE, PRE_AUTH, CodeReader.CODE, LOGIN, RefreshReader.REFRESH)));
  }

  @Override
  @Nullable Strategy read(StrategySection strategy) {
    TokenStrategyReader reader =
        new TokenStrategyReader(strategy, ExchangeBodyReader.Unless.EMPTY_OBJECT);
    reader.preAuth(PRE_AUTH);
    reader.code(CodeReader.CODE);
    reader.login(LOGIN);
    reader.refresh();
    return reader.end(this);
  }
}
