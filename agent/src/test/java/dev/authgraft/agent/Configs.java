package dev.authgraft.agent;

/** Configs that tests write. */
final class Configs {
  static final String GOOD =
      """
      strategies:
        key: {type: api-key, header: x-api-key, value: secret}
      rules:
        - {host: localhost, strategy: key}
      """;

  private Configs() {}
}
