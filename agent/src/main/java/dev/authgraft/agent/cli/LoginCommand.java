package dev.authgraft.agent.cli;

import dev.authgraft.Inspector;
import dev.authgraft.LoginReport;
import dev.authgraft.agent.OptionsException;
import dev.authgraft.agent.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Logs in for real and says what came back. */
@Command(
    name = "login",
    description = "Logs in for real and says what came back, but not the token itself.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoginCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Parameters(paramLabel = "STRATEGY", description = "A name under strategies.")
  private String strategy;

  @Option(names = "--show-token", description = "Prints the token as well. It is a secret.")
  private boolean showToken;

  @Override
  public Integer call() throws OptionsException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Inspector inspector = config.open(err)) {
      if (inspector == null) return Stop.BAD_CONFIG;
      LoginReport report = inspector.login(strategy);
      out.println("logged in after " + report.millis() + " ms: " + report.kind());
      out.println(
          report.expiresAt() < 0
              ? "nobody says when it expires: it is used until it is rejected"
              : "expires "
                  + Instant.ofEpochMilli(report.expiresAt())
                  + ", renewed from "
                  + Instant.ofEpochMilli(report.renewedFrom())
                  + " on");
      out.println(report.canBeRefreshed() ? "renewed by a refresh" : "renewed by logging in again");
      for (Map.Entry<?, ?> claim : report.claims().entrySet()) {
        out.println("  " + claim.getKey() + ": " + shown(claim));
      }
      if (showToken) out.println(report.secret());
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      err.println("no login: " + e.getMessage());
      return 1;
    }
  }

  /** Returns a claim's value, and the time that it means where it is one (RFC 7519, 4.1). */
  private static String shown(Map.Entry<?, ?> claim) {
    Object value = claim.getValue();
    boolean time =
        value instanceof Number
            && (claim.getKey().equals("exp")
                || claim.getKey().equals("iat")
                || claim.getKey().equals("nbf"));
    return time
        ? value + " (" + Instant.ofEpochSecond(((Number) value).longValue()) + ")"
        : String.valueOf(value);
  }
}
