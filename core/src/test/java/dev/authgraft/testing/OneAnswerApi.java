package dev.authgraft.testing;

/**
 * A server that answers every request for {@code /login}, {@code /pre-auth}, {@code /refresh},
 * {@code /page} and {@code /code} in the one way that a test says, and everything else with 200.
 *
 * <p>Counts {@code login}, {@code pre-auth}, {@code refresh}, {@code page} and {@code code}.
 */
public final class OneAnswerApi extends ApiServer {
  private volatile Reply reply;

  public OneAnswerApi(Reply reply) {
    this.reply = reply;
    for (String name : new String[] {"login", "pre-auth", "refresh", "page", "code"}) {
      on(name, "*", "/" + name, request -> this.reply);
    }
    on("protected", "*", "/**", request -> Reply.json(200, java.util.Map.of()));
    start();
  }

  /** Answers in another way from now on. */
  public void answerWith(Reply other) {
    reply = other;
  }
}
