package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.UrlEncoding;
import dev.authgraft.spi.SecretException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What placeholders refer to during one login: the values of earlier steps, and who asks. */
public final class StepValues {
  /** Fields whose values servers name in errors (RFC 6749, RFC 7523, RFC 8693, RFC 8707). */
  private static final Set<String> PROTOCOL =
      new HashSet<>(
          Arrays.asList(
              "grant_type",
              "response_type",
              "scope",
              "audience",
              "resource",
              "client_assertion_type",
              "subject_token_type",
              "actor_token_type",
              "requested_token_type",
              "token_type_hint"));

  private final Map<String, String> steps = new HashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final ReadPolicy policy;

  /** Waits for secrets, which may have been kept for a while. */
  public StepValues() {
    this(ReadPolicy.WAIT);
  }

  public StepValues(ReadPolicy policy) {
    this.policy = policy;
  }

  ReadPolicy policy() {
    return policy;
  }

  /** Adds what a step yielded; it is a secret. */
  public StepValues with(String step, String value) {
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
  public String secret(String value) {
    secrets.add(value);
    return value;
  }

  /**
   * Notes a value that is sent as {@code name}, literals and all: a password may stand in the
   * config itself. What names something of the protocol's is none.
   */
  public String sent(String name, String value) {
    return PROTOCOL.contains(name) ? value : secret(value);
  }

  /** Notes the values of a query. */
  public void sentQuery(@Nullable String query) {
    if (query == null) return;
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) continue;
      String value = sent(pair.substring(0, equals), pair.substring(equals + 1));
      String decoded = UrlEncoding.decode(value);
      if (decoded != null) sent(pair.substring(0, equals), decoded);
    }
  }

  /** Returns every secret that was read so far, in order. */
  public List<String> secrets() {
    return secrets;
  }
}
