package dev.authgraft.agent.hook;

import dev.authgraft.spi.Log;

/** A client that is not served, recognised by one of its classes. */
final class UnservedClient {
  /** The internal name of a class that is loaded only once the client is used. */
  final String type;

  /** The client's usual name. */
  final String client;

  /** The level at which to log that it is not served. */
  final Log.Level level;

  private final String remedy;

  private UnservedClient(String type, String client, Log.Level level, String remedy) {
    this.type = type;
    this.client = client;
    this.level = level;
    this.remedy = remedy;
  }

  /**
   * @param text the client's name, and perhaps a semicolon and what to do
   */
  static UnservedClient of(String type, String text, Log.Level level) {
    int end = text.indexOf(';');
    return end < 0
        ? new UnservedClient(type, text, level, "")
        : new UnservedClient(type, text.substring(0, end), level, text.substring(end + 1).trim());
  }

  /** Returns the line that tells of it. */
  String message() {
    return client
        + " is not served, its requests go out as they are: "
        + type.replace('/', '.')
        + " is loaded"
        + (remedy.isEmpty() ? "" : " (" + remedy + ")");
  }
}
