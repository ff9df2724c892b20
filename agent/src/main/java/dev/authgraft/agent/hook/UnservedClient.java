package dev.authgraft.agent.hook;

import dev.authgraft.spi.Log;

/** A client that is told from a served one by one of its classes, and gets no credential. */
final class UnservedClient {
  /** The internal name of a class that is loaded where the client is used, not before. */
  final String type;

  /** What a user calls the client. */
  final String client;

  /** How loud it is to be said. */
  final Log.Level level;

  UnservedClient(String type, String client, Log.Level level) {
    this.type = type;
    this.client = client;
    this.level = level;
  }
}
