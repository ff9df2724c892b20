package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import org.jspecify.annotations.Nullable;

/** {@code lazy-jwt}: one exchange. */
final class LazyJwtType extends StrategyType {
  private static final Key<Section> LOGIN =
      TokenStrategyReader.login("one request that yields a token", ExchangeReader.KEYS);

  LazyJwtType() {
    super(
        StrategyKind.LAZY_JWT,
        "one login when a token is first needed",
        TokenStrategyReader.keys(Keys.of("lazy-jwt", TYPE, LOGIN, RefreshReader.REFRESH)));
  }

  @Override
  @Nullable Strategy read(StrategySection strategy) {
    TokenStrategyReader reader =
        new TokenStrategyReader(strategy, ExchangeBodyReader.Unless.EMPTY_OBJECT);
    reader.login(LOGIN);
    reader.refresh();
    return reader.end(this);
  }
}
