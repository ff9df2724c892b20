package dev.authgraft.agent.cli;

import dev.authgraft.admin.Inspector;
import dev.authgraft.admin.LoginReport;
import dev.authgraft.agent.start.OptionsException;
import dev.authgraft.agent.start.ProgramExit;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    output.line("logged in after " + report.duration().toMillis() + " ms: " + kind(report));
    output.line(
        report.expiresAt() == null
            ? "nobody says when it expires: it is used until it is rejected"
            : "expires " + report.expiresAt() + ", renewed from " + report.renewedFrom() + " on");
    output.line(report.canBeRefreshed() ? "renewed by a refresh" : "renewed by logging in again");
    for (Map.Entry<String, ?> claim : report.claims().entrySet()) {
      output.line("  " + claim.getKey() + ": " + shown(claim));
    }
    if (showToken) output.out().println(report.secret()); // on one line of any length
  }

  private JsonResult json(LoginReport report) {
    JsonResult json =
        output
            .json("logged-in")
            .put("millis", report.duration().toMillis())
            .put("kind", kind(report))
            .put("expiresAt", report.expiresAt())
            .put("renewedFrom", report.renewedFrom())
            .put("refresh", report.canBeRefreshed())
            .put("claims", (Object) report.claims());
    return showToken ? json.put("token", report.secret()) : json;
  }

  /** Returns {@code JWT}, {@code opaque token} or {@code cookies sid, csrf}. */
  private static String kind(LoginReport report) {
    List<String> cookies = report.cookieNames();
    return report.kind() + (cookies.isEmpty() ? "" : " " + String.join(", ", cookies));
  }

  /** Returns a claim's value, and the time that it means where it is one (RFC 7519, 4.1). */
  private static String shown(Map.Entry<String, ?> claim) {
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
