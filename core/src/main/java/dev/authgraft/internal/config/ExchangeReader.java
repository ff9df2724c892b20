package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.NamesKind;
import dev.authgraft.internal.config.key.PointerKind;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeAnswer;
import dev.authgraft.internal.login.ExchangeBody;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.HttpToken;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an exchange: {@code login}, {@code pre-auth} and {@code refresh} of a strategy. */
final class ExchangeReader {
  private static final Key<ConfigNode> URL =
      Key.of("url", TextKind.template(TextFormat.URL), "where it is sent; required")
          .shown()
          .required("write https://…");
  private static final Key<ConfigNode> METHOD =
      Key.of("method", TextKind.plain(TextFormat.METHOD), "its method").shown().byDefault("POST");
  private static final Key<Section> HEADERS =
      Key.of(
          "headers",
          NamesKind.of(TextFormat.HEADER_KEY, TextFormat.STEP_TEMPLATE),
          "more headers for this request. Default: none");
  static final Key<String> TOKEN =
      Key.of("token", PointerKind.INSTANCE, "JSON Pointer to the token")
          .shownIfPointer()
          .byDefault("/access_token"); // RFC 6749, section 5.1, has this and the next two
  private static final Key<String> EXPIRES_IN =
      Key.of("expires-in", PointerKind.INSTANCE, "JSON Pointer to its lifetime in seconds")
          .shownIfPointer()
          .byDefault("/expires_in");
  private static final Key<String> REFRESH_TOKEN =
      Key.of("refresh-token", PointerKind.INSTANCE, "JSON Pointer to a separate refresh token")
          .shownIfPointer()
          .byDefault("/refresh_token");

  /** The keys of any exchange. */
  static final Keys KEYS =
      Keys.of(
              "exchange",
              URL,
              METHOD,
              HEADERS,
              ExchangeBodyReader.JSON,
              ExchangeBodyReader.FORM,
              TOKEN,
              EXPIRES_IN,
              REFRESH_TOKEN,
              RefusalReader.REFUSED_WHEN)
          .with(Constraint.excludes(ExchangeBodyReader.FORM, ExchangeBodyReader.JSON));

  private final LoginTemplates templates;
  private final ExchangeBodyReader.Unless bodyUnless;

  /**
   * @param templates reads what is sent
   * @param bodyUnless the body of an exchange that says nothing of one
   */
  ExchangeReader(LoginTemplates templates, ExchangeBodyReader.Unless bodyUnless) {
    this.templates = templates;
    this.bodyUnless = bodyUnless;
  }

  /** Returns where a token stands if the config does not say. */
  static ExchangeAnswer defaultAnswer() {
    return ExchangeAnswer.builder()
        .token(TOKEN.defaultValue())
        .expiresIn(EXPIRES_IN.defaultValue())
        .refreshToken(REFRESH_TOKEN.defaultValue())
        .build();
  }

  /**
   * Returns the exchange in {@code section}, or null if it has problems.
   *
   * @param keys of the section: {@link #KEYS}, and others that the caller has read
   * @param cookies the names of those that it yields, none if it yields a token
   */
  @Nullable Exchange read(ExchangeKind kind, Section section, Keys keys, List<String> cookies) {
    section.expecting(keys);
    ConfigNode url = section.get(URL);
    String method = section.text(METHOD).toUpperCase(Locale.ROOT);
    Map<String, Template> headers = headers(section.get(HEADERS));
    ExchangeBody body = new ExchangeBodyReader(templates).read(section, bodyUnless);
    ExchangeAnswer answer =
        ExchangeAnswer.builder()
            .token(section.value(TOKEN))
            .expiresIn(section.value(EXPIRES_IN))
            .refreshToken(section.value(REFRESH_TOKEN))
            .cookies(cookies)
            .refusedWhen(RefusalReader.read(section))
            .build();
    section.reportUnknownKeys(keys);
    Template urlTemplate = url == null ? null : templates.readUrl(url, section.title());
    if (!HttpToken.isToken(method)) {
      section.problem(section.positionOf(METHOD), "'" + method + "' is not a method");
    }
    if (urlTemplate == null) return null;
    boolean bodiless = method.equals("GET") || method.equals("HEAD");
    return Exchange.builder(kind, urlTemplate)
        .position(section.position())
        .method(method)
        .headers(headers)
        .body(bodiless ? null : body)
        .answer(answer)
        .build();
  }

  private Map<String, Template> headers(@Nullable Section section) {
    if (section == null) return Collections.emptyMap();
    Map<String, Template> headers = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : section.entries().entrySet()) {
      ConfigNode value = entry.getValue().value;
      if (!HttpToken.isToken(entry.getKey())) {
        section.problem(
            entry.getValue().position, "'" + entry.getKey() + "' is not a header's name");
      }
      if (value.isScalar()) headers.put(entry.getKey(), templates.read(value));
      else section.wrongType(entry.getKey(), value, "text");
    }
    return headers;
  }
}
