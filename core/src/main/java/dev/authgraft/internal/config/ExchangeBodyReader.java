package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.BodyKind;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.ExchangeBody;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an exchange sends: {@code json} or {@code form}. */
final class ExchangeBodyReader {
  static final Key<ConfigNode> JSON = Key.of("json", BodyKind.JSON, "the body as JSON");
  static final Key<ConfigNode> FORM = Key.of("form", BodyKind.FORM, "the body as a form");

  private static final int LARGEST_BODY = 10_000;

  /** What an exchange sends that has neither key. */
  enum Unless {
    EMPTY_OBJECT,
    EMPTY_FORM
  }

  private final LoginTemplates templates;

  ExchangeBodyReader(LoginTemplates templates) {
    this.templates = templates;
  }

  ExchangeBody read(Section section, Unless otherwise) {
    ConfigNode json = section.get(JSON);
    ConfigNode form = section.get(FORM);
    if (json != null && form != null) {
      section.problem(section.positionOf(FORM), section.title() + " has both json and form");
      form(section, form);
    }
    if (json != null) {
      if (json.size > LARGEST_BODY) {
        section.problem(json.position, "json has more than " + LARGEST_BODY + " values");
        return new ExchangeBody.JsonDocument(ExchangeBody.Value.nothing());
      }
      return new ExchangeBody.JsonDocument(json("", json));
    }
    if (form == null && otherwise == Unless.EMPTY_OBJECT) {
      return new ExchangeBody.JsonDocument(ExchangeBody.Value.map(Collections.emptyMap()));
    }
    return new ExchangeBody.Form(form(section, form));
  }

  /** Returns the fields of {@code form}, none if it is null. */
  private Map<String, Template> form(Section section, @Nullable ConfigNode form) {
    if (form == null) return new LinkedHashMap<>();
    if (form.kind != ConfigNode.Kind.MAP) section.wrongType("form", form, "a map of fields");
    return fields(section, form);
  }

  /** Returns the fields that {@code map} holds, and reports in {@code section} what is none. */
  Map<String, Template> fields(Section section, ConfigNode map) {
    Map<String, Template> fields = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : map.entries.entrySet()) {
      ConfigNode value = entry.getValue().value;
      if (value.isScalar()) fields.put(entry.getKey(), templates.read(value));
      else section.wrongType(entry.getKey(), value, "text");
    }
    return fields;
  }

  private ExchangeBody.Value json(String name, ConfigNode node) {
    switch (node.kind) {
      case MAP:
        Map<String, ExchangeBody.Value> entries = new LinkedHashMap<>();
        node.entries.forEach((key, entry) -> entries.put(key, json(key, entry.value)));
        return ExchangeBody.Value.map(entries);
      case LIST:
        List<ExchangeBody.Value> items = new ArrayList<>();
        for (ConfigNode item : node.items) items.add(json(name, item));
        return ExchangeBody.Value.list(items);
      case NUMBER:
        return ExchangeBody.Value.number(node.text);
      case BOOLEAN:
        return ExchangeBody.Value.bool(node.text.equalsIgnoreCase("true"));
      case NULL:
        return ExchangeBody.Value.nothing();
      default:
        return ExchangeBody.Value.text(name, templates.read(node));
    }
  }
}
