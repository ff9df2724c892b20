package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes, methods, files and chapters that the documents name exist. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("..");

  /**
   * A class, perhaps behind a package, perhaps with a member: {@code internal.rule.RuleSet.match}.
   */
  private static final Pattern CLASS =
      Pattern.compile("([a-z]+\\.)*([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(\\(.*\\))?");

  private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[\\w+\\]: (\\S+)$");
  private static final Pattern DECISION = Pattern.compile("(?m)^### D(\\d+)\\. .+$");
  private static final Pattern REFERENCE = Pattern.compile("\\[D(\\d+)\\](?!\\()");

  /** What the documents name of the JDK, of the HTTP clients, of servers and of tools. */
  private static final Set<String> FOREIGN =
      Set.of(
          // the JDK
          "Authenticator",
          "BodyPublisher",
          "BodyPublishers",
          "ClassValue",
          "Error",
          "Future",
          "HttpRetryException",
          "HttpURLConnection",
          "IOException",
          "Instrumentation",
          "MultiExchange",
          "OutOfMemoryError",
          "ResponseCache",
          "Runtime",
          "StackOverflowError",
          "StringTokenizer",
          "System",
          "ThreadDeath",
          "Unsafe",
          "ConnectException",
          // HttpClient 4
          "ClientProtocolException",
          "CredentialsProvider",
          "DefaultHttpAsyncClient",
          "DefaultHttpClient",
          "DefaultRequestDirector",
          "HttpClientBuilder",
          "HttpClients",
          "HttpAsyncResponseConsumer",
          "HttpContext",
          "HttpRequestExecutor",
          "HttpRequestRetryHandler",
          "HttpUriRequest",
          "MainClientExec",
          "RequestConfig",
          "ZeroCopyPost",
          "ZeroCopyPut",
          // Commons HttpClient 3
          "HttpMethod",
          "HttpMethodBase",
          "HttpMethodDirector",
          "MultipartPostMethod",
          "MultipartRequestEntity",
          "PostMethod",
          // OkHttp and Okio
          "AsyncTimeout",
          "EventListener",
          "HttpEngine",
          "RetryAndFollowUpInterceptor",
          // HttpClient, and the class of the JDK that has the same name
          "ConnectExec",
          "ExecRuntime",
          "HttpClient",
          "HttpException",
          "ProtocolExec",
          // Spring
          "HttpComponentsClientHttpConnector",
          "JdkClientHttpConnector",
          "RestClient",
          "RestTemplate",
          "RestTemplateBuilder",
          "WebClient",
          // headers
          "Cookie",
          "Date");

  /** The text of the sources that declare a class, by its simple name. */
  private static final Map<String, StringBuilder> SOURCES = sources();

  static Stream<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/guides"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.endsWith("CHANGELOG.md")) // It names what is gone.
            .sorted()
            .forEach(documents::add);
      }
    }
    assertThat(documents).hasSizeGreaterThan(10);
    return documents.stream();
  }

  private static Map<String, StringBuilder> sources() {
    Pattern declared = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");
    Map<String, StringBuilder> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!file.toString().endsWith(".java") || file.toString().contains("/target/")) continue;
        String text = Files.readString(file);
        for (MatchResult type :
            (Iterable<MatchResult>) declared.matcher(text).results()::iterator) {
          sources.computeIfAbsent(type.group(1), name -> new StringBuilder()).append(text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void classesAndTheirMembersExist(Path document) throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (String code : code(document)) {
      var name = CLASS.matcher(code);
      if (!name.matches() || FOREIGN.contains(name.group(2))) continue;
      StringBuilder source = SOURCES.get(name.group(2));
      String member = name.group(3);
      if (source == null
          || member != null && !Pattern.compile("\\b" + member + "\\b").matcher(source).find()) {
        unknown.add(code);
      }
    }
    assertThat(unknown).as("neither in the sources nor in FOREIGN: %s", document).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void filesExist(Path document) throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String code : code(document)) {
      String path = code.replaceFirst("^\\./", "");
      if (!path.matches("[\\w.-]+(/[\\w.-]+)+/?")) continue;
      if (path.matches("(.*/)?(target|\\.mvn|NAME)(/.*)?")) continue; // Made by a build, or by you.
      if (!Files.isDirectory(ROOT.resolve(path.substring(0, path.indexOf('/'))))) continue;
      if (!Files.exists(ROOT.resolve(path))) missing.add(code);
    }
    assertThat(missing).as("%s", document).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToAFileAndAHeading(Path document) throws IOException {
    Set<String> dead = new TreeSet<>();
    for (String line : Files.readAllLines(document)) {
      LINK.matcher(line)
          .results()
          .map(link -> link.group(1) != null ? link.group(1) : link.group(2))
          .filter(link -> !link.startsWith("http") && !leadsSomewhere(document, link))
          .forEach(dead::add);
    }
    assertThat(dead).as("%s", document).isEmpty();
  }

  private static boolean leadsSomewhere(Path document, String link) {
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    if (!Files.exists(file)) return false;
    return parts.length == 1 || anchors(file).contains(parts[1]);
  }

  private static Set<String> anchors(Path file) {
    try {
      Set<String> anchors = new TreeSet<>();
      String text = FENCE.matcher(Files.readString(file)).replaceAll("");
      Pattern.compile("(?m)^#+ (.+)$")
          .matcher(text)
          .results()
          .forEach(heading -> anchors.add(slug(heading.group(1))));
      Pattern.compile("<a id=\"([^\"]+)\"")
          .matcher(text)
          .results()
          .forEach(anchor -> anchors.add(anchor.group(1)));
      return anchors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the anchor that a heading gets where Markdown is shown in a repository. */
  private static String slug(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  @Test
  void eachDecisionHasANumberOfItsOwn() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/decisions.md"));
    List<String> numbers = DECISION.matcher(text).results().map(each -> each.group(1)).toList();
    assertThat(numbers).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }

  /** A number that a document mentions is defined as a link at its end. */
  @ParameterizedTest
  @MethodSource("documents")
  void decisionsThatAreNamedAreLinked(Path document) throws IOException {
    String text = Files.readString(document);
    Set<String> unlinked = new TreeSet<>();
    for (MatchResult each : (Iterable<MatchResult>) REFERENCE.matcher(text).results()::iterator) {
      if (!text.contains("\n[D" + each.group(1) + "]: ")) unlinked.add(each.group());
    }
    assertThat(unlinked).as("%s", document).isEmpty();
  }

  private static List<String> code(Path document) throws IOException {
    String text = FENCE.matcher(Files.readString(document)).replaceAll("");
    return CODE.matcher(text).results().map(each -> each.group(1)).toList();
  }
}
