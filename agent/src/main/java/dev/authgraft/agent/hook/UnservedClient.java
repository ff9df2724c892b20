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

  UnservedClient(String type, String client, Log.Level level) {
    this.type = type;
    this.client = client;
    this.level = level;
  }
}
