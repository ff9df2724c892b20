package dev.authgraft.agent.hook;

import dev.authgraft.spi.Log;

/** A hooked class of the program, and the handlers of its hooked methods. */
final class ServedClass {
  private final ServedPoint[] points;

  /**
   * @param points in the order of the table, or a single one for a class that is not served
   */
  ServedClass(ServedPoint[] points) {
    this.points = points;
  }

  /** Returns a class that is not to be served, such as one of an unlisted copy. Logs nothing. */
  static ServedClass leftAlone(Class<?> hooked, Log log) {
    return new ServedClass(
        new ServedPoint[] {new ServedPoint(hooked, null, null, () -> false, log)});
  }

  /** Returns a class that cannot be served. Logs {@code why} at its first call. */
  static ServedClass unserved(Class<?> hooked, Throwable why, Log log) {
    return new ServedClass(
        new ServedPoint[] {new ServedPoint(hooked, null, why, () -> false, log)});
  }

  ServedPoint point(int number) {
    return points[Math.min(number, points.length - 1)];
  }
}
