package dev.authgraft.agent;

/** Says why Authgraft does not start. It is said at every log level, to who started the program. */
final class Complaint {
  private Complaint() {}

  static void print(String line) {
    System.err.println("authgraft ERROR " + line);
  }
}
