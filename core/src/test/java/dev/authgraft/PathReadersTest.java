package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Target;
import dev.authgraft.internal.match.HostPattern;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.match.SchemePattern;
import dev.authgraft.internal.match.TargetPattern;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.util.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A path is spelled in every way that a grammar makes and read by servers that differ: where two of
 * them read different segments, no rule with a path decides.
 */
final class PathReadersTest {
  /** How a kind of server reads a path. It returns null for what it refuses. */
  enum Reader {
    /** Resolves dots, splits, decodes each segment once: as the RFC has it. */
    RFC_3986 {
      @Override
      @Nullable List<String> read(String path) {
        return decoded(resolved(split(path)), 1);
      }
    },
    /** Cuts parameters off, decodes, merges slashes, resolves dots. */
    TOMCAT {
      @Override
      @Nullable List<String> read(String path) {
        List<String> cut = new ArrayList<>();
        for (String segment : split(path)) {
          int end = segment.indexOf(';');
          cut.add(end < 0 ? segment : segment.substring(0, end));
        }
        String decoded = decode(joined(cut));
        return decoded == null ? null : resolved(merged(split(decoded.replace('\\', '/'))));
      }
    },
    /** Decodes, then merges slashes, then resolves dots. */
    NGINX {
      @Override
      @Nullable List<String> read(String path) {
        String decoded = decode(path);
        return decoded == null ? null : resolved(merged(split(decoded)));
      }
    },
    /** Passes on what it decoded, to a server that decodes it again. */
    TWICE {
      @Override
      @Nullable List<String> read(String path) {
        String once = decode(path);
        String twice = once == null ? null : decode(once);
        return twice == null ? null : resolved(split(twice));
      }
    },
    /**
     * Maps look-alikes, takes backslashes for slashes, {@code %uXXXX} and overlong forms for
     * characters, and drops dots and spaces at the end of a name.
     */
    WINDOWS {
      @Override
      @Nullable List<String> read(String path) {
        String decoded = decode(laxly(path));
        if (decoded == null) return null;
        String plain = laxly(folded(decoded)).replace('\\', '/');
        List<String> trimmed = new ArrayList<>();
        for (String segment : resolved(split(plain))) trimmed.add(segment.replaceAll("[. ]+$", ""));
        return trimmed;
      }
    },
    /** Splits, decodes, and drops control characters, as browsers do with tabs and line ends. */
    DROPPING {
      @Override
      @Nullable List<String> read(String path) {
        List<String> decoded = decoded(split(path.replaceAll("[\\x00-\\x1f\\x7f]", "")), 1);
        if (decoded == null) return null;
        decoded.replaceAll(segment -> segment.replaceAll("[\\x00-\\x1f\\x7f]", ""));
        return resolved(decoded);
      }
    },
    /** Ends the path at a NUL, as C does, and writes text in Latin-1 where it is not encoded. */
    C {
      @Override
      @Nullable List<String> read(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1); // '?' for the others
        String sent = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = sent.indexOf('?');
        String decoded = decode(end < 0 ? sent : sent.substring(0, end));
        if (decoded == null) return null;
        int nul = decoded.indexOf('\0');
        return resolved(split(nul < 0 ? decoded : decoded.substring(0, nul)));
      }
    };

    abstract @Nullable List<String> read(String path);

    static List<String> split(String path) {
      return new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    }

    static String joined(List<String> segments) {
      return "/" + String.join("/", segments);
    }

    static List<String> merged(List<String> segments) {
      List<String> merged = new ArrayList<>();
      for (int i = 0; i < segments.size(); i++) {
        if (!segments.get(i).isEmpty() || i == segments.size() - 1) merged.add(segments.get(i));
      }
      return merged;
    }

    static List<String> resolved(List<String> segments) {
      Deque<String> resolved = new ArrayDeque<>();
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        boolean dots = segment.equals(".") || segment.equals("..");
        if (!dots) resolved.addLast(segment);
        else if (segment.equals("..")) resolved.pollLast();
        if (dots && i == segments.size() - 1) resolved.addLast("");
      }
      return new ArrayList<>(resolved);
    }

    static @Nullable List<String> decoded(List<String> segments, int times) {
      List<String> decoded = new ArrayList<>();
      for (String segment : segments) {
        String text = decode(segment);
        if (text == null) return null;
        decoded.add(text);
      }
      return decoded;
    }

    /** A '%' that begins no escape stands for itself, as many servers have it. */
    static @Nullable String decode(String text) {
      ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
      for (int i = 0; i < text.length(); ) {
        if (text.charAt(i) == '%' && isHex(text, i + 1) && isHex(text, i + 2)) {
          bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 3;
        } else {
          int point = text.codePointAt(i);
          bytes.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          i += Character.charCount(point);
        }
      }
      bytes.flip();
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      } catch (CharacterCodingException e) {
        return null;
      }
    }

    private static boolean isHex(String text, int at) {
      return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
    }

    static String laxly(String text) {
      return text.replaceAll("(?i)%u00([0-9a-f]{2})", "%$1")
          .replaceAll("(?i)%c0%ae", ".")
          .replaceAll("(?i)%c0%af", "/");
    }

    static String folded(String text) {
      return text.replace('\uff0e', '.')
          .replace('\uff0f', '/')
          .replace('\u2215', '/')
          .replace('\uff3c', '\\')
          .replace('\uff05', '%');
    }
  }

  /**
   * What may stand for a character of the path, or beside one, without changing it for somebody.
   */
  private static final List<List<String>> OF_SLASH =
      List.of(
          List.of("/", "//", "///", "/./", "/.//", "//./", "/;/", "/;a=b/", "/.;/", "/x/../"),
          List.of("/x//../", "/%2e/", "/x/%2e%2e/", "/x/.%2E/", "/x/..;/", "/%2F", "%2f", "%2F/"),
          List.of("\\", "/\\", "%5c", "%5C/", "%252f", "/%252e/", "/x/%252e%252e/", "%25%32%66"),
          List.of("%c0%af", "/%c0%ae/", "/%u002e/", "%u002f", "%25u002f", "\uff0f", "%EF%BC%8F"),
          List.of("%E2%88%95", "/%EF%BC%8E/", "%EF%BC%BC", "/\t/", "/%09/", "/%00/", "%EF%BC%852f"),
          List.of("/ /", "/%20/", "/.../", "/x/.../../", "/.%20/", "/%25%32%65/", "/%2%65/"));

  private static final List<String> OF_END =
      List.of("", ".", "..", "%2e", "%20", "%20.", ";", ";a", "%3b", "%00", "%0", "%", "%25")
          .stream()
          .toList();

  private static final List<String> INSIDE = List.of("", "\t", "\n", "%09", "%0d%0a", "%7f", "\0");

  /** The word with a letter encoded in each way, and with what a reader drops within it. */
  private static List<String> spellings(String word) {
    List<String> spellings = new ArrayList<>(List.of(word));
    int at = word.length() / 2;
    int c = word.charAt(at);
    for (String escape : List.of("%%%02x", "%%25%02x", "%%2525%02x", "%%u%04x", "%%25u%04x")) {
      spellings.add(word.substring(0, at) + String.format(escape, c) + word.substring(at + 1));
    }
    spellings.add(word.substring(0, at) + "%25%3" + "6%31" + word.substring(at + 1));
    for (String dropped : INSIDE) {
      spellings.add(word.substring(0, at) + dropped + word.substring(at));
    }
    for (String end : OF_END) spellings.add(word + end);
    spellings.add(word + "\u0100");
    spellings.add(word + "\u013f");
    return spellings;
  }

  /** Gives every path that is {@code /pub/admin/x} to somebody, two of its pieces spelled anew. */
  private static void eachSpelling(Consumer<String> paths) {
    List<String> slashes = new ArrayList<>();
    OF_SLASH.forEach(slashes::addAll);
    for (String first : slashes) {
      for (String second : slashes) {
        paths.accept("/pub" + first + "admin" + second + "x");
        if (first.startsWith("/")) paths.accept(first + "pub" + second + "admin");
      }
      for (String word : spellings("admin")) {
        paths.accept("/pub" + first + word);
        paths.accept("/pub/" + word + first + "x");
        paths.accept("/pub/y" + first + "../" + word + "/x");
        if (first.startsWith("/")) paths.accept(first + word + "/../pub/admin/");
      }
    }
    for (String pub : spellings("pub")) {
      for (String admin : spellings("admin")) paths.accept("/" + pub + "/" + admin + "/x");
    }
  }

  private static Set<List<String>> readings(String path) {
    Set<List<String>> readings = new HashSet<>();
    for (Reader reader : Reader.values()) {
      List<String> segments = reader.read(path);
      if (segments != null) readings.add(segments);
    }
    return readings;
  }

  @Test
  void noRuleWithAPathDecidesWhereTwoReadersDisagree() {
    int[] counts = new int[3];
    RuleSet rules = rules("/**");
    eachSpelling(
        path -> {
          Set<List<String>> readings = readings(path);
          boolean matched = rules.match(target(path)) != null;
          if (readings.size() > 1)
            assertThat(matched).as("%s read as %s", path, readings).isFalse();
          counts[readings.size() > 1 ? 0 : matched ? 1 : 2]++;
        });
    assertThat(counts[0]).isGreaterThan(5_000);
    assertThat(counts[1]).isGreaterThan(100); // Not everything is refused,
    assertThat(counts[2]).isLessThan(counts[0] / 4); // and little more than the readers differ on.
  }

  /** Each reader differs from the first one about something, or it would add nothing. */
  @ParameterizedTest
  @EnumSource(
      value = Reader.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RFC_3986"})
  void everyPathReaderDiffersSomewhere(Reader reader) {
    Set<String> differing = new HashSet<>();
    eachSpelling(
        path -> {
          List<String> read = reader.read(path);
          List<String> first = Reader.RFC_3986.read(path);
          if (read != null && first != null && !read.equals(first)) differing.add(path);
        });
    assertThat(differing).hasSizeGreaterThan(100);
  }

  /** The promise itself: whoever reads the protected path in it, the key does not go there. */
  @Test
  void noSpellingWalksRoundAnException() {
    RuleSet rules = rules("/pub/admin/**", "/**");
    Rule exception = rules.rules().get(0);
    int[] counts = new int[2];
    eachSpelling(
        path -> {
          Rule decides = rules.match(target(path));
          boolean reached = false;
          for (List<String> reading : readings(path)) {
            reached |= Collections.indexOfSubList(reading, List.of("pub", "admin")) == 0;
          }
          if (reached) assertThat(decides).as(path).isIn(exception, null);
          counts[reached ? 0 : 1]++;
        });
    assertThat(counts[0]).isGreaterThan(1_000);
    assertThat(counts[1]).isGreaterThan(1_000);
  }

  private static Target target(String path) {
    return Target.of("https", "a.example", -1, path, "GET");
  }

  private static RuleSet rules(String... paths) {
    List<Rule> rules = new ArrayList<>();
    for (String path : paths) {
      rules.add(
          Rule.builder(
                  rules.size() + 1,
                  SourcePosition.ofFile("x"),
                  new TargetPattern(
                      SchemePattern.SECURE,
                      List.of(HostPattern.parse("a.example")),
                      List.of(PathPattern.parse(path)),
                      List.of()))
              .build());
    }
    return new RuleSet(rules);
  }
}
