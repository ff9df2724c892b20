package dev.authgraft.demo;

import dev.authgraft.demo.LegacyProgram.Call;
import dev.authgraft.demo.LegacyProgram.Run;
import java.util.Map;

/** What the demo shows, in 100 columns at most. */
final class Report {
  private static final String ROW = "  %-12s  %-4s %-39s  %7s  %4s  %s%n";

  private static final Map<String, String> TITLES =
      Map.of(
          "assured", "Assured: an API key for most of it, a JWT for files and documents",
          "assemble",
              "Assemble: a pre-authentication token, a second factor, a JWT; some is public",
          "kyc", "KYC: a login by form that yields a JWT",
          "portal", "Portal: a login page with a CSRF field, and a session cookie");

  private Report() {}

  static String of(StandIns standIns, Run without, Run with, DecidedRules rules) {
    StringBuilder report = new StringBuilder();
    report.append(String.format("%n" + ROW, "client", "call", "", "without", "with", "rule"));
    for (String api : standIns.names()) {
      report.append(TITLES.get(api)).append(System.lineSeparator());
      without.calls().stream()
          .filter(call -> standIns.nameOf(call.url()).equals(api))
          .forEach(call -> report.append(row(call, with.statusOf(call), rules.of(call))));
    }
    report.append(String.format("%nRules: the first that matches decides%n"));
    for (int i = 0; i < rules.rules().size(); i++) {
      report.append(String.format("  %d  %s%n", i + 1, rules.rules().get(i)));
    }
    report.append(String.format("%nCounted by the servers, in both runs together%n"));
    standIns
        .counted()
        .forEach((what, count) -> report.append(String.format("  %d  %s%n", count, what)));
    return report.append(System.lineSeparator()).toString();
  }

  private static String row(Call call, String with, String rule) {
    return String.format(
        ROW, call.client(), call.method(), call.url().getPath(), call.status(), with, rule);
  }
}
