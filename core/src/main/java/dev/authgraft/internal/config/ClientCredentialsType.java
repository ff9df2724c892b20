package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.ChoiceKind;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.NamesKind;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.config.key.TextsKind;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeBody;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code oauth2-client-credentials}: a token for the client itself (RFC 6749, section 4.4). */
final class ClientCredentialsType extends StrategyType {
  private enum ClientAuth {
    HEADER,
    BODY
  }

  private static final Key<ConfigNode> TOKEN_URL =
      Key.of("token-url", TextKind.template(TextFormat.URL), "the token endpoint; required")
          .shown()
          .required("write https://…");
  private static final Key<ConfigNode> CLIENT_ID =
      Key.of("client-id", TextKind.template(TextFormat.TEMPLATE), "the client; required")
          .required("write ${env:NAME}");
  private static final Key<ConfigNode> CLIENT_SECRET =
      Key.of("client-secret", TextKind.template(TextFormat.TEMPLATE), "its secret; required")
          .required("write ${env:NAME}");
  private static final Key<ClientAuth> CLIENT_AUTH =
      Key.of(
              "client-auth",
              ChoiceKind.of("header", ClientAuth.HEADER).or("body", ClientAuth.BODY),
              "where its id and secret are sent: in a header (Basic) or in the body")
          .shown()
          .byDefault("header");
  private static final Key<List<ConfigNode>> SCOPE =
      Key.of(
              "scope",
              TextsKind.templates(TextFormat.TEMPLATE),
              "the scopes that it asks for, one or a list. Default: none")
          .shown();
  private static final Key<Section> PARAMETERS =
      Key.of(
          "parameters",
          NamesKind.of(TextFormat.TEMPLATE),
          "more fields of the form. Default: none");

  ClientCredentialsType() {
    super(
        StrategyKind.OAUTH2_CLIENT_CREDENTIALS,
        "a token for the client itself (RFC 6749, section 4.4)",
        TokenStrategyReader.keys(
            Keys.of(
                "oauth2-client-credentials",
                TYPE,
                TOKEN_URL,
                CLIENT_ID,
                CLIENT_SECRET,
                CLIENT_AUTH,
                SCOPE,
                PARAMETERS)));
  }

  @Override
  @Nullable Strategy read(StrategySection strategy) {
    TokenStrategyReader reader =
        new TokenStrategyReader(strategy, ExchangeBodyReader.Unless.EMPTY_FORM);
    reader.login(login(strategy.section, reader.templates()));
    return reader.end(this);
  }

  private static @Nullable Exchange login(Section section, LoginTemplates templates) {
    ConfigNode url = section.get(TOKEN_URL);
    ConfigNode id = section.get(CLIENT_ID);
    ConfigNode secret = section.get(CLIENT_SECRET);
    boolean inBody = section.value(CLIENT_AUTH) == ClientAuth.BODY;
    List<ConfigNode> scopes = section.values(SCOPE);
    Section parameters = section.get(PARAMETERS);
    Template urlTemplate = url == null ? null : templates.readUrl(url, section.title());
    Template user = id == null ? null : templates.read(id);
    Template password = secret == null ? null : templates.read(secret);

    Map<String, Template> form = new LinkedHashMap<>();
    form.put("grant_type", literal("client_credentials", section));
    if (!scopes.isEmpty()) form.put("scope", joined(scopes, templates));
    if (parameters != null) {
      form.putAll(new ExchangeBodyReader(templates).fields(parameters, parameters.self()));
    }
    if (urlTemplate == null || user == null || password == null) return null;
    Map<String, Template> headers = new LinkedHashMap<>();
    if (inBody) {
      form.put("client_id", user);
      form.put("client_secret", password);
    } else {
      headers.put("Authorization", basic(user, password));
    }
    return Exchange.builder(ExchangeKind.LOGIN, urlTemplate)
        .headers(headers)
        .body(new ExchangeBody.Form(form))
        .answer(ExchangeReader.defaultAnswer())
        .build();
  }

  /** Returns the header of a client (RFC 6749, section 2.3.1). */
  private static Template basic(Template user, Template password) {
    return new Template(
        Arrays.asList(new Template.Literal("Basic "), new Template.Basic(user, password, true)),
        user.position());
  }

  private static Template literal(String text, Section section) {
    return new Template(Collections.singletonList(new Template.Literal(text)), section.position());
  }

  /** Returns scopes as one value, a space between them (RFC 6749, section 3.3). */
  private static Template joined(List<ConfigNode> scopes, LoginTemplates templates) {
    List<Template.Part> parts = new ArrayList<>();
    for (ConfigNode scope : scopes) {
      if (!parts.isEmpty()) parts.add(new Template.Literal(" "));
      parts.addAll(templates.read(scope).parts());
    }
    return new Template(parts, scopes.get(0).position);
  }
}
