package dev.authgraft.agent.hook;

import dev.authgraft.spi.Log;

/** One hooked class of the program, with what serves each of its hooked methods. */
final class ServedClass {
  private final ServedPoint[] points;

  /**
   * @param points in the order of the table; one for all where no method is served
   */
  ServedClass(ServedPoint[] points) {
    this.points = points;
  }

  /** Returns a class of a copy of a client that nobody wants served: of it nothing is said. */
  static ServedClass leftAlone(Class<?> hooked, Log log) {
    return new ServedClass(new ServedPoint[] {new ServedPoint(hooked, null, null, log)});
  }

  /** Returns a class that cannot be served. */
  static ServedClass unserved(Class<?> hooked, Throwable why, Log log) {
    return new ServedClass(new ServedPoint[] {new ServedPoint(hooked, null, why, log)});
  }

  ServedPoint point(int number) {
    return points[Math.min(number, points.length - 1)];
  }
}
