package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.FlagKind;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.RefreshStep;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Reads {@code refresh}: the exchange that renews a token. */
final class RefreshReader {
  private static final Key<Boolean> SINGLE_USE =
      Key.of(
              "single-use",
              FlagKind.INSTANCE,
              "the token is sent once at most: if the refresh fails, for whatever reason, a full"
                  + " login follows")
          .shown()
          .byDefault("false");
  private static final Keys KEYS = ExchangeReader.KEYS.and("refresh", SINGLE_USE);

  static final Key<Section> REFRESH =
      Key.section("refresh", KEYS, "an exchange that renews a token, by any strategy that logs in");

  private static final String OTHER_TOKEN = "refresh-token";

  private final ReadContext context;
  private final ExchangeBodyReader.Unless bodyUnless;

  RefreshReader(ReadContext context, ExchangeBodyReader.Unless bodyUnless) {
    this.context = context;
    this.bodyUnless = bodyUnless;
  }

  /** Returns the refresh in {@code section}, or null if it has problems. */
  @Nullable RefreshStep read(Section section) {
    LoginTemplates templates = new LoginTemplates(context);
    templates.addStep("token");
    templates.addStep(OTHER_TOKEN);
    boolean singleUse = section.value(SINGLE_USE);
    Exchange exchange =
        new ExchangeReader(templates, bodyUnless)
            .read(ExchangeKind.REFRESH, section, KEYS, Collections.emptyList());
    return exchange == null
        ? null
        : new RefreshStep(exchange, singleUse, templates.use(OTHER_TOKEN));
  }
}
