package dev.authgraft.testing;

import java.util.Arrays;
import java.util.List;

/**
 * Methods and paths that one handler answers. {@code methods} is {@code POST|PUT}, or {@code *} for
 * any. In {@code pattern} a segment {@code *} is any one, and {@code **} at its end any number.
 */
record Route(String name, String methods, String pattern, ApiServer.Handler handler) {
  boolean fits(ReceivedRequest request) {
    return fitsMethod(request.method()) && fitsPath(request.path());
  }

  private boolean fitsMethod(String method) {
    return methods.equals("*") || List.of(methods.split("\\|")).contains(method);
  }

  private boolean fitsPath(String path) {
    if (!pattern.endsWith("/**")) {
      return fits(segments(pattern), segments(path));
    }
    String[] expected = segments(pattern.substring(0, pattern.length() - "/**".length()));
    String[] actual = segments(path);
    return actual.length >= expected.length
        && fits(expected, Arrays.copyOf(actual, expected.length));
  }

  private static boolean fits(String[] expected, String[] actual) {
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!expected[i].equals("*") && !expected[i].equals(actual[i])) {
        return false;
      }
    }
    return true;
  }

  private static String[] segments(String path) {
    return path.split("/", -1);
  }
}
