package dev.authgraft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What placeholders refer to during one login: the values of earlier steps, and who asks. */
final class Scope {
  private final Map<String, String> steps = new HashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final Patience patience;

  /** Waits for secrets, which may have been kept for a while. */
  Scope() {
    this(Patience.LONG);
  }

  Scope(Patience patience) {
    this.patience = patience;
  }

  Patience patience() {
    return patience;
  }

  /** Adds what a step yielded; it is a secret. */
  Scope with(String step, String value) {
    steps.put(step, value);
    secrets.add(value);
    return this;
  }

  String step(String name) throws SecretException {
    String value = steps.get(name);
    if (value == null) throw new SecretException("no step has yielded ${" + name + "}");
    return value;
  }

  /** Notes a value that was read, so that it can be kept out of what is printed. */
  String secret(String value) {
    secrets.add(value);
    return value;
  }

  /**
   * Notes a value that is sent, literals and all: a password may stand in the config itself. A word
   * in lower case alone, such as a grant type, is none.
   */
  String sent(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 'a' || c > 'z') && c != '_') return secret(value);
    }
    return value;
  }

  /** Returns every secret that was read so far, in order. */
  List<String> secrets() {
    return secrets;
  }
}
