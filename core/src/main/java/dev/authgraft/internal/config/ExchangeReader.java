package dev.authgraft.internal.config;

import com.fasterxml.jackson.core.JsonPointer;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeAnswer;
import dev.authgraft.internal.login.ExchangeBody;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.RefusedWhen;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.HttpToken;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads exchanges. */
final class ExchangeReader {
  private static final String DEFAULT_TOKEN = "/access_token"; // RFC 6749, section 5.1
  private static final String DEFAULT_EXPIRES_IN = "/expires_in";
  private static final String DEFAULT_REFRESH_TOKEN = "/refresh_token";
  private static final int LARGEST_BODY = 10_000;

  private final Problems problems;
  private final TemplateReader templates;

  ExchangeReader(Problems problems, TemplateReader templates) {
    this.problems = problems;
    this.templates = templates;
  }

  /** The steps of one strategy read so far: what they yield and which templates they use. */
  static final class Steps {
    private final String title;
    private final boolean formByDefault;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Template> templates = new ArrayList<>();

    Steps(String title, boolean formByDefault) {
      this.title = title;
      this.formByDefault = formByDefault;
    }

    /** Adds what later steps may refer to. */
    void add(String name) {
      names.add(name);
    }

    String title() {
      return title;
    }

    List<Template> templates() {
      return templates;
    }

    boolean uses(String name) {
      for (Template template : templates) {
        if (template.uses(name)) return true;
      }
      return false;
    }
  }

  /** Returns the exchange that fetches a page. */
  Exchange page(ConfigNode url, Steps steps) {
    return Exchange.page(url(url, "page of " + steps.title, steps));
  }

  @Nullable Exchange read(ExchangeKind kind, Section section, Steps steps) {
    return read(kind, section, steps, Collections.emptyList(), Keys.EXCHANGE);
  }

  /** Returns the refresh, whose {@code single-use} has been asked for. */
  @Nullable Exchange readRefresh(Section section, Steps steps) {
    return read(ExchangeKind.REFRESH, section, steps, Collections.emptyList(), Keys.REFRESH);
  }

  /** Returns the login, which may yield cookies where it is a form's. */
  @Nullable Exchange readLogin(Section section, Steps steps, boolean form) {
    Keys keys = form ? Keys.FORM_LOGIN : Keys.EXCHANGE;
    section.expecting(keys);
    List<String> cookies = new ArrayList<>();
    if (form) {
      for (ConfigNode written : section.scalars("cookies")) {
        ConfigNode cookie = templates.plain(written);
        if (cookie == null) continue;
        if (!HttpToken.isToken(cookie.text)) {
          problems.add(cookie.place, "'" + cookie.text + "' is not the name of a cookie");
        }
        cookies.add(cookie.text);
      }
    }
    if (!cookies.isEmpty() && section.node("token") != null) {
      problems.add(
          section.placeOf("token"), section.title() + " yields cookies or a token, not both");
    }
    return read(ExchangeKind.LOGIN, section, steps, cookies, keys);
  }

  /** Returns the request for a token that a client makes for itself (RFC 6749, section 4.4.2). */
  @Nullable Exchange readClientCredentials(Section section, Steps steps) {
    ConfigNode url = section.required("token-url", "write https://…");
    ConfigNode id = section.required("client-id", "write ${env:NAME}");
    ConfigNode secret = section.required("client-secret", "write ${env:NAME}");
    boolean inBody = section.choice("client-auth", "header", "body") == 1;
    List<ConfigNode> scopes = section.scalars("scope");
    Section parameters = section.section("parameters");
    Template urlTemplate = url == null ? null : url(url, section.title(), steps);
    Template user = id == null ? null : template(id, steps);
    Template password = secret == null ? null : template(secret, steps);

    Map<String, Template> form = new LinkedHashMap<>();
    form.put("grant_type", literal("client_credentials", section));
    if (!scopes.isEmpty()) form.put("scope", joined(scopes, steps));
    if (parameters != null) form.putAll(form(parameters, parameters.self(), steps));
    if (urlTemplate == null || user == null || password == null) return null;
    Map<String, Template> headers = new LinkedHashMap<>();
    if (inBody) {
      form.put("client_id", user);
      form.put("client_secret", password);
    } else {
      headers.put(
          "Authorization",
          new Template(
              Arrays.asList(
                  new Template.Literal("Basic "), new Template.Basic(user, password, true)),
              user.position()));
    }
    ExchangeAnswer answer =
        ExchangeAnswer.builder()
            .token(DEFAULT_TOKEN)
            .expiresIn(DEFAULT_EXPIRES_IN)
            .refreshToken(DEFAULT_REFRESH_TOKEN)
            .build();
    return Exchange.builder(ExchangeKind.LOGIN, urlTemplate)
        .headers(headers)
        .body(new ExchangeBody.Form(form))
        .answer(answer)
        .build();
  }

  private static Template literal(String text, Section section) {
    return new Template(Collections.singletonList(new Template.Literal(text)), section.place());
  }

  /** Returns scopes as one value, a space between them (RFC 6749, section 3.3). */
  private Template joined(List<ConfigNode> scopes, Steps steps) {
    List<Template.Part> parts = new ArrayList<>();
    for (ConfigNode scope : scopes) {
      if (!parts.isEmpty()) parts.add(new Template.Literal(" "));
      parts.addAll(template(scope, steps).parts());
    }
    return new Template(parts, scopes.get(0).place);
  }

  private @Nullable Exchange read(
      ExchangeKind kind, Section section, Steps steps, List<String> cookies, Keys keys) {
    section.expecting(keys);
    ConfigNode url = section.required("url", "write https://…");
    ConfigNode method = templates.plain(section.scalar("method"));
    Map<String, Template> headers = headers(section.section("headers"), steps);
    ExchangeBody body = body(section, steps);
    String token = pointer(section, "token", DEFAULT_TOKEN);
    String expiresIn = pointer(section, "expires-in", DEFAULT_EXPIRES_IN);
    String refreshToken = pointer(section, "refresh-token", DEFAULT_REFRESH_TOKEN);
    List<RefusedWhen> refusedWhen = refusedWhen(section);
    section.end(keys);
    Template urlTemplate = url == null ? null : url(url, section.title(), steps);
    String verb = method == null ? "POST" : method.text.toUpperCase(Locale.ROOT);
    if (!HttpToken.isToken(verb)) {
      problems.add(section.placeOf("method"), "'" + verb + "' is not a method");
    }
    if (urlTemplate == null) return null;
    boolean bodiless = verb.equals("GET") || verb.equals("HEAD");
    ExchangeAnswer answer =
        ExchangeAnswer.builder()
            .token(token)
            .expiresIn(expiresIn)
            .refreshToken(refreshToken)
            .cookies(cookies)
            .refusedWhen(refusedWhen)
            .build();
    return Exchange.builder(kind, urlTemplate)
        .position(section.place())
        .method(verb)
        .headers(headers)
        .body(bodiless ? null : body)
        .answer(answer)
        .build();
  }

  /** Reads one condition, or a list of which any counts. */
  private List<RefusedWhen> refusedWhen(Section section) {
    ConfigNode node = section.node("refused-when");
    List<RefusedWhen> conditions = new ArrayList<>();
    if (node == null) return conditions;
    boolean list = node.kind == ConfigNode.Kind.LIST;
    for (ConfigNode item : list ? node.items : Collections.singletonList(node)) {
      Section one = new Section(item, "refused-when of " + section.title(), problems);
      if (item.kind != ConfigNode.Kind.MAP) continue;
      List<Integer> statuses = RejectionReader.statuses(one, problems);
      List<String> texts = new ArrayList<>();
      for (ConfigNode text : one.scalars("body")) {
        ConfigNode plain = templates.plain(text);
        if (plain != null) texts.add(plain.text);
      }
      one.end(Keys.REFUSED_WHEN);
      if (item.entries.isEmpty()) {
        problems.add(item.place, one.title() + " names neither status nor body");
      }
      conditions.add(new RefusedWhen(statuses, texts));
    }
    return conditions;
  }

  Template template(ConfigNode node, Steps steps) {
    Template template = templates.read(node, steps.names);
    steps.templates.add(template);
    return template;
  }

  /** Returns the template of a URL, and reports what is wrong with either. */
  Template url(ConfigNode node, String title, Steps steps) {
    int before = problems.count();
    Template url = template(node, steps);
    // Without the placeholder that is wrong, the rest of it would be a second mistake.
    if (problems.count() == before) checkUrl(url, title);
    return url;
  }

  /** Checks what can be seen of a URL before its placeholders have values. */
  private void checkUrl(Template url, String title) {
    String start = url.literalStart();
    if (start.isEmpty() && url.literal() == null) return;
    if (!start.regionMatches(true, 0, "https://", 0, 8)
        && !start.regionMatches(true, 0, "http://", 0, 7)) {
      problems.add(
          url.position(),
          "the url of " + title + " has no scheme: " + Exchange.shown(url) + " (write https://…)");
      return;
    }
    String literal = url.literal();
    if (literal == null) return;
    String hint = "";
    try {
      java.net.URI uri = new java.net.URI(literal);
      hint = Exchange.underscore(uri);
      if (uri.getRawUserInfo() != null) {
        problems.add(
            url.position(),
            "the url of " + title + " holds user info (write a header Authorization instead)");
        return;
      }
      if (uri.getHost() != null) return;
    } catch (java.net.URISyntaxException e) {
      // Reported below.
    }
    problems.add(
        url.position(), "the url of " + title + " is not a URL: " + Exchange.shown(url) + hint);
  }

  private Map<String, Template> headers(@Nullable Section section, Steps steps) {
    if (section == null) return Collections.emptyMap();
    Map<String, Template> headers = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : section.entries().entrySet()) {
      ConfigNode value = entry.getValue().value;
      if (!HttpToken.isToken(entry.getKey())) {
        problems.add(entry.getValue().place, "'" + entry.getKey() + "' is not a header's name");
      }
      if (!value.isScalar()) {
        section.wrongType(entry.getKey(), value, "text");
      } else {
        headers.put(entry.getKey(), template(value, steps));
      }
    }
    return headers;
  }

  private ExchangeBody body(Section section, Steps steps) {
    ConfigNode json = section.node("json");
    ConfigNode form = section.node("form");
    if (json != null && form != null) {
      problems.add(section.placeOf("form"), section.title() + " has both json and form");
      form(section, form, steps);
    }
    if (json != null) {
      if (json.size > LARGEST_BODY) {
        problems.add(json.place, "json has more than " + LARGEST_BODY + " values");
        return new ExchangeBody.JsonDocument(ExchangeBody.Value.nothing());
      }
      return new ExchangeBody.JsonDocument(json("", json, steps));
    }
    if (form == null && !steps.formByDefault) {
      return new ExchangeBody.JsonDocument(ExchangeBody.Value.map(Collections.emptyMap()));
    }
    return new ExchangeBody.Form(form(section, form, steps));
  }

  private Map<String, Template> form(Section section, @Nullable ConfigNode form, Steps steps) {
    Map<String, Template> fields = new LinkedHashMap<>();
    if (form == null) return fields;
    if (form.kind != ConfigNode.Kind.MAP) section.wrongType("form", form, "a map of fields");
    for (Map.Entry<String, ConfigNode.Entry> entry : form.entries.entrySet()) {
      ConfigNode value = entry.getValue().value;
      if (value.isScalar()) fields.put(entry.getKey(), template(value, steps));
      else section.wrongType(entry.getKey(), value, "text");
    }
    return fields;
  }

  private ExchangeBody.Value json(String name, ConfigNode node, Steps steps) {
    switch (node.kind) {
      case MAP:
        Map<String, ExchangeBody.Value> entries = new LinkedHashMap<>();
        node.entries.forEach((key, entry) -> entries.put(key, json(key, entry.value, steps)));
        return ExchangeBody.Value.map(entries);
      case LIST:
        List<ExchangeBody.Value> items = new ArrayList<>();
        for (ConfigNode item : node.items) items.add(json(name, item, steps));
        return ExchangeBody.Value.list(items);
      case NUMBER:
        return ExchangeBody.Value.number(node.text);
      case BOOLEAN:
        return ExchangeBody.Value.bool(node.text.equalsIgnoreCase("true"));
      case NULL:
        return ExchangeBody.Value.nothing();
      default:
        return ExchangeBody.Value.text(name, template(node, steps));
    }
  }

  String pointer(Section section, String key, String fallback) {
    ConfigNode node = templates.plain(section.scalar(key));
    if (node == null) return fallback;
    try {
      JsonPointer.compile(node.text);
      return node.text;
    } catch (IllegalArgumentException e) {
      problems.add(
          node.place,
          "'"
              + key
              + "' of "
              + section.title()
              + " is not a JSON Pointer (it starts with '/', as /access_token: RFC 6901)");
      return fallback;
    }
  }
}
