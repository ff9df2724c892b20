package dev.authgraft.testing.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * One request as it came over the wire.
 *
 * @param target what the request line names: a path, perhaps with a query
 */
record Hop(int port, String method, String target, List<Field> fields, String body) {
  /** A header or a cookie, or a parameter of the query. */
  record Field(String name, String value) {}

  String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /** Returns the host that the client meant, without the port. */
  String host() {
    String host = headers("Host").isEmpty() ? "" : headers("Host").get(0);
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  Hop withHost(String host) {
    List<Field> others = new ArrayList<>(fields);
    others.removeIf(field -> field.name.equals("Host"));
    others.add(new Field("Host", host + ":" + port));
    return new Hop(port, method, target, others, body);
  }

  List<String> headers(String name) {
    return values(name, fields);
  }

  List<Field> parameters() {
    return pairs(query(), "&");
  }

  List<Field> cookies() {
    return pairs(String.join("; ", headers("Cookie")), ";");
  }

  static List<String> values(String name, List<Field> fields) {
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(Field::value).toList();
  }

  private static List<Field> pairs(String text, String separator) {
    List<Field> pairs = new ArrayList<>();
    for (String pair : text.split(separator)) {
      int equals = pair.indexOf('=');
      if (equals > 0)
        pairs.add(new Field(pair.substring(0, equals).strip(), pair.substring(equals + 1)));
    }
    return pairs;
  }

  /** Returns all of it as text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method + " " + target + " (port " + port + ")");
    for (Field field : fields)
      text.append("\n    ").append(field.name).append(": ").append(field.value);
    return text + (body.isEmpty() ? "" : "\n    " + body);
  }
}
