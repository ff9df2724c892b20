package dev.authgraft.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a program and its servers saw of each case: lines by the name of the case. */
record Transcript(Map<String, List<String>> cases) {
  private static final Pattern REQUEST = Pattern.compile("@ \\S+ (\\S+) \\S+ HTTP/1\\.1");

  /** Two events of OkHttp's show the request as it is sent, and they alone. */
  private static final Pattern EVENT = Pattern.compile("event (request|response)HeadersEnd .*");

  /** Reads what {@code Unchanged}, over there, prints. */
  static Transcript of(List<String> lines) {
    Map<String, List<String>> cases = new LinkedHashMap<>();
    List<String> current = List.of();
    for (String line : lines) {
      if (line.startsWith("= ")) cases.put(line.substring(2), current = new ArrayList<>());
      else current.add(line);
    }
    return new Transcript(cases);
  }

  /**
   * Returns this without the header {@code name} where its value is {@code value}, a pattern; but
   * with a complaint where a server was not sent it exactly once with a request, be it the
   * program's own; or where a proxy was sent it with a {@code CONNECT}.
   */
  Transcript without(String name, String value) {
    Map<String, List<String>> without = new LinkedHashMap<>();
    cases.forEach((key, lines) -> without.put(key, without(name, value, lines)));
    return new Transcript(without).withoutEvents(name, value);
  }

  private static List<String> without(String name, String value, List<String> lines) {
    List<String> without = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.matches("@ \\S+ {3}" + name + ": " + value)) continue;
      without.add(line);
      Matcher request = REQUEST.matcher(line);
      if (!request.matches()) continue;
      long sent = headers(lines, i).filter(header -> header.startsWith(name + ": ")).count();
      if (sent != (request.group(1).equals("CONNECT") ? 0 : 1))
        without.add("@ was sent " + name + " " + sent + " times");
    }
    return without;
  }

  /**
   * Returns this without the header {@code name} in OkHttp's events. OkHttp prints requests in two
   * ways, and from 4.0 on hides a credential in either.
   */
  Transcript withoutEvents(String name, String value) {
    String shown = name + ": ?(" + value + "|\\?\\?)";
    Map<String, List<String>> without = new LinkedHashMap<>();
    cases.forEach(
        (key, lines) ->
            without.put(key, lines.stream().map(line -> withoutHeader(shown, line)).toList()));
    return new Transcript(without);
  }

  private static String withoutHeader(String shown, String line) {
    if (!EVENT.matcher(line).matches()) return line;
    return line.replaceAll("(, )?" + shown + "(?=[],])", "").replaceAll(shown + " \\| ", "");
  }

  /** Returns this without the cases {@code names}. */
  Transcript except(Set<String> names) {
    Map<String, List<String>> others = new LinkedHashMap<>(cases);
    others.keySet().removeAll(names);
    return new Transcript(others);
  }

  private static Stream<String> headers(List<String> lines, int request) {
    String connection = lines.get(request).split(" ")[1];
    return lines.stream()
        .skip(request + 1L)
        .takeWhile(line -> !REQUEST.matcher(line).matches())
        .filter(line -> line.startsWith("@ " + connection + "   "))
        .map(line -> line.substring(("@ " + connection + "   ").length()));
  }

  /** Returns how many requests the servers saw in {@code name}. */
  long requests(String name) {
    return cases.get(name).stream().filter(line -> REQUEST.matcher(line).matches()).count();
  }

  /** Returns every case that is another in {@code other}, line by line. */
  List<String> differences(Transcript other) {
    List<String> differences = new ArrayList<>();
    cases.forEach(
        (name, lines) -> {
          List<String> others = other.cases.getOrDefault(name, List.of("(did not run)"));
          if (!lines.equals(others)) differences.add(difference(name, lines, others));
        });
    return differences;
  }

  private static String difference(String name, List<String> lines, List<String> others) {
    StringBuilder difference = new StringBuilder(name);
    int same = 0;
    int least = Math.min(lines.size(), others.size());
    while (same < least && lines.get(same).equals(others.get(same))) same++;
    List<String> from = lines.subList(same, Math.min(lines.size(), same + 3));
    List<String> to = others.subList(same, Math.min(others.size(), same + 3));
    from.forEach(line -> difference.append("\n  without the agent: ").append(line));
    to.forEach(line -> difference.append("\n  with the agent:    ").append(line));
    return difference.toString();
  }
}
