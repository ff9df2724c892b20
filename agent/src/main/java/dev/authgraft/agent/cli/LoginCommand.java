package dev.authgraft.agent.cli;

import dev.authgraft.admin.Inspector;
import dev.authgraft.admin.LoginReport;
import dev.authgraft.agent.start.OptionsException;
import dev.authgraft.agent.start.ProgramExit;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Logs in and reports the credential's properties. */
@Command(
    name = "login",
    description = "Logs in for real and says what came back, but not the token itself.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoginCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private Output output;

  @Parameters(paramLabel = "STRATEGY", description = "A name under strategies.")
  private String strategy;

  @Option(names = "--show-token", description = "Prints the token as well. It is a secret.")
  private boolean showToken;

  @Override
  public Integer call() throws OptionsException {
    try (Inspector inspector = config.open(output)) {
      if (inspector == null) return ProgramExit.BAD_CONFIG;
      LoginReport report = inspector.login(strategy);
      if (output.isJson()) json(report).print(output.out());
      else print(report);
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      output.fail("no-login", "no login: " + e.getMessage());
      return 1;
    }
  }

  private void print(LoginReport report) {
    output.line("logged in after " + report.millis() + " ms: " + report.kind());
    output.line(
        report.expiresAt() < 0
            ? "nobody says when it expires: it is used until it is rejected"
            : "expires "
                + instant(report.expiresAt())
                + ", renewed from "
                + instant(report.renewedFrom())
                + " on");
    output.line(report.canBeRefreshed() ? "renewed by a refresh" : "renewed by logging in again");
    for (Map.Entry<?, ?> claim : report.claims().entrySet()) {
      output.line("  " + claim.getKey() + ": " + shown(claim));
    }
    if (showToken) output.out().println(report.secret()); // on one line of any length
  }

  private JsonResult json(LoginReport report) {
    Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    report.claims().forEach((name, value) -> claims.put(String.valueOf(name), value));
    JsonResult json =
        output
            .json("logged-in")
            .put("millis", report.millis())
            .put("kind", report.kind())
            .put("expiresAt", instant(report.expiresAt()))
            .put("renewedFrom", instant(report.renewedFrom()))
            .put("refresh", report.canBeRefreshed())
            .put("claims", (Object) claims);
    return showToken ? json.put("token", report.secret()) : json;
  }

  private static @Nullable String instant(long millis) {
    return millis < 0 ? null : Instant.ofEpochMilli(millis).toString();
  }

  /** Returns a claim's value, and the time that it means where it is one (RFC 7519, 4.1). */
  private static String shown(Map.Entry<?, ?> claim) {
    Object value = claim.getValue();
    boolean time =
        value instanceof Number
            && (claim.getKey().equals("exp")
                || claim.getKey().equals("iat")
                || claim.getKey().equals("nbf"));
    if (!time) return String.valueOf(value);
    try {
      return value + " (" + Instant.ofEpochSecond(((Number) value).longValue()) + ")";
    } catch (DateTimeException e) { // a server may say anything
      return String.valueOf(value);
    }
  }
}
