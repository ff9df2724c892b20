package dev.authgraft.internal.config;

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
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** {@code basic}: the user and the password of HTTP Basic authentication (RFC 7617). */
final class BasicType extends StrategyType {
  private static final Key<ConfigNode> USERNAME =
      Key.of("username", TextKind.template(TextFormat.TEMPLATE), "the user; required")
          .required("write ${env:NAME}");
  private static final Key<ConfigNode> PASSWORD =
      Key.of("password", TextKind.template(TextFormat.TEMPLATE), "the password; required")
          .required("write ${env:NAME}");
  private static final Key<ConfigNode> HEADER =
      PlacementReader.header("the header that carries it");

  BasicType() {
    super(
        StrategyKind.BASIC,
        "a user and a password with every request (RFC 7617)",
        Keys.of("basic", TYPE, USERNAME, PASSWORD, HEADER, ApiKeyType.REJECTED_WHEN));
  }

  @Override
  @Nullable Strategy read(StrategySection strategy) {
    Section section = strategy.section;
    TemplateReader templates = strategy.context.templates;
    ConfigNode user = section.get(USERNAME);
    ConfigNode password = section.get(PASSWORD);
    Placement placement =
        Placement.header(
            PlacementReader.headerName(HEADER, section.get(HEADER), section), "Basic ");
    Rejection rejection = RejectionReader.read(section, ApiKeyType.REJECTED_WHEN);
    section.reportUnknownKeys(keys());
    Template userTemplate = user == null ? null : templates.read(user);
    Template passwordTemplate = password == null ? null : templates.read(password);
    if (userTemplate == null || passwordTemplate == null) return null;
    Template value =
        new Template(
            Collections.singletonList(new Template.Basic(userTemplate, passwordTemplate, false)),
            section.position());
    return new ApiKeyStrategy(
        strategy.settings(kind(), placement, rejection), value, null, strategy.loginContext);
  }
}
