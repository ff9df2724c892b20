package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.login.ApiKeyStrategy;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import dev.authgraft.internal.yaml.ConfigNode;
import org.jspecify.annotations.Nullable;

/** {@code api-key}: a key in a header, a query parameter or a cookie. */
final class ApiKeyType extends StrategyType {
  private static final Key<ConfigNode> VALUE =
      Key.of("value", TextKind.template(TextFormat.TEMPLATE), "the key; required")
          .required("write ${env:NAME}");
  private static final Key<ConfigNode> HEADER =
      PlacementReader.header("the header that carries it");
  private static final Key<ConfigNode> QUERY =
      PlacementReader.query("a query parameter, instead of header");
  private static final Key<ConfigNode> COOKIE =
      Key.of("cookie", TextKind.plain(TextFormat.COOKIE_NAME), "a cookie, instead of header")
          .shownIfName();
  private static final Key<ConfigNode> PREFIX =
      PlacementReader.prefix("text before the value. Default: nothing");
  static final Key<ConfigNode> REJECTED_WHEN =
      RejectionReader.key("the answers that reject the key, so that it is read again");

  private static final PlacementReader PLACEMENT = new PlacementReader(HEADER, QUERY, PREFIX);

  ApiKeyType() {
    super(
        StrategyKind.API_KEY,
        "a secret that never changes",
        Keys.of("api-key", TYPE, VALUE, HEADER, QUERY, COOKIE, PREFIX, REJECTED_WHEN)
            .with(Constraint.excludes(QUERY, HEADER, COOKIE, PREFIX))
            .with(Constraint.excludes(COOKIE, HEADER, QUERY, PREFIX)));
  }

  @Override
  @Nullable Strategy read(StrategySection strategy) {
    Section section = strategy.section;
    ConfigNode value = section.get(VALUE);
    ConfigNode cookie = section.get(COOKIE);
    Placement placement = PLACEMENT.read(section, COOKIE, cookie);
    Rejection rejection = RejectionReader.read(section, REJECTED_WHEN);
    section.reportUnknownKeys(keys());
    if (value == null) return null;
    return new ApiKeyStrategy(
        strategy.settings(kind(), placement, rejection),
        strategy.context.templates.read(value),
        cookie == null ? null : cookie.text,
        strategy.loginContext);
  }
}
