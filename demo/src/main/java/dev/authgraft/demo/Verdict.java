package dev.authgraft.demo;

import dev.authgraft.demo.LegacyProgram.Call;
import dev.authgraft.demo.LegacyProgram.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the two runs are what they should be. */
final class Verdict {
  /** Unauthorized, and the redirect to the portal's login page. */
  private static final Set<String> REJECTIONS = Set.of("401", "302");

  private final List<String> differences = new ArrayList<>();

  private Verdict() {}

  /** Returns a sentence for each thing that is not as it should be. */
  static List<String> differences(
      StandIns standIns, Run without, Run with, int loginsWithout, DecidedRules rules) {
    Verdict verdict = new Verdict();
    verdict.judgeProgram(without, with);
    without.calls().forEach(call -> verdict.judgeCall(call, with.statusOf(call)));
    with.calls().forEach(call -> verdict.judgeRule(call, rules.of(call)));
    verdict.judgeLogins(standIns, loginsWithout);
    verdict.judgeLog(standIns, with.log());
    return verdict.differences;
  }

  private void judgeProgram(Run without, Run with) {
    judgeEnd("without", without);
    judgeEnd("with", with);
    require(!without.calls().isEmpty(), "the program made no call");
    int before = without.calls().size();
    int after = with.calls().size();
    require(after == before, after + " calls with the agent, not " + before + " as without");
  }

  private void judgeEnd(String how, Run run) {
    String end = run.exitStatus() == -1 ? "was killed" : "ended with " + run.exitStatus();
    require(run.exitStatus() == 0, "the program " + how + " the agent " + end + ", not with 0");
  }

  private void judgeCall(Call without, String statusWith) {
    boolean asExpected =
        without.isPublic() ? without.status().equals("200") : REJECTIONS.contains(without.status());
    String expected = without.isPublic() ? "200" : "a rejection";
    require(asExpected, without + ": " + without.status() + " without the agent, not " + expected);
    require(statusWith.equals("200"), without + ": " + statusWith + " with the agent, not 200");
  }

  private void judgeRule(Call call, String rule) {
    require(!rule.equals(DecidedRules.UNKNOWN), call + ": the log does not say which rule decided");
  }

  private void judgeLogins(StandIns standIns, int loginsWithout) {
    require(loginsWithout == 0, loginsWithout + " logins without the agent, not 0");
    standIns
        .counted()
        .forEach((what, count) -> require(count == 1, what + ": " + count + ", not 1"));
    int refused = standIns.refusedLogins();
    require(refused == 0, refused + " logins, codes or refreshes were refused, not 0");
  }

  private void judgeLog(StandIns standIns, List<String> log) {
    boolean leaks = log.stream().anyMatch(line -> standIns.secrets().anyMatch(line::contains));
    require(!leaks, "a secret is in the log");
  }

  private void require(boolean condition, String difference) {
    if (!condition) {
      differences.add(difference);
    }
  }
}
