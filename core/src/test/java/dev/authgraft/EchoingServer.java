package dev.authgraft;

import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.spi.LoginResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** How the server, or the way to it, answers. Everything that was sent comes back. */
enum EchoingServer {
  TOKEN(sent -> json(200, "{\"access_token\":\"s3cretToken\",\"refresh_token\":\"s3cretR\"}")),
  BAD_TOKEN(sent -> json(200, "{\"access_token\":\"s3cret\\nToken\"}")),
  NUMBER(sent -> json(200, "{\"access_token\":[\"s3cret\"], \"error\": " + quoted(sent) + "}")),
  MESSAGE(sent -> json(400, "{\"message\":" + quoted("bad: " + sent) + "}")),
  DETAIL(
      sent ->
          json(
              422,
              "{\"detail\":[{\"loc\":[\"body\"],\"msg\":"
                  + quoted(sent)
                  + ",\"input\":"
                  + quoted(sent)
                  + "}]}")),
  FIELDS(sent -> json(401, "{\"errors\":{\"f\":[" + quoted(sent) + "]}}")),
  TROUBLE(sent -> json(503, "{\"error\":{\"message\":" + quoted(sent) + "}}")),
  HTML(sent -> LoginResponse.builder(200, bytes("<html>" + sent)).build()),
  BROKEN_JSON(sent -> json(200, "{\"access_token\":\"s3cretToken\", " + sent)),
  REDIRECT(
      sent ->
          LoginResponse.builder(302, new byte[0])
              .header("Location", "https://a.example/login?s3cret")
              .header("Set-Cookie", "SESSION=s3cretSession; Path=/")
              .build()),
  ODD_COOKIE(
      sent ->
          LoginResponse.builder(200, bytes("<input type=hidden name=csrf value=s3cretCsrf>"))
              .header("Set-Cookie", "SESSION=s3cret\u00e9; Path=/")
              .header("Set-Cookie", "s3cret")
              .build()),
  SESSION(
      sent ->
          LoginResponse.builder(200, bytes("<input type=hidden name=csrf value=s3cretCsrf>"))
              .header("Set-Cookie", "SESSION=s3cretSession; Path=/")
              .build()),
  NO_ANSWER(
      sent -> {
        throw new java.io.UncheckedIOException(new IOException("cannot send: " + sent));
      }),
  UNCHECKED(
      sent -> {
        throw new IllegalArgumentException("cannot send: " + sent);
      }),
  ERROR(
      sent -> {
        throw new NoClassDefFoundError("cannot send: " + sent);
      });

  final Function<String, LoginResponse> answer;

  EchoingServer(Function<String, LoginResponse> answer) {
    this.answer = answer;
  }

  private static LoginResponse json(int status, String body) {
    return LoginResponse.builder(status, bytes(body))
        .header("Content-Type", "application/json")
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String quoted(String text) {
    return new String(wrapped(text), StandardCharsets.UTF_8);
  }

  private static byte[] wrapped(String text) {
    try {
      return JsonCodec.write(to -> to.writeString(text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
