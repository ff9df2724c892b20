package dev.authgraft.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the legacy program without and with the agent and compares what came of each call. Its
 * arguments are the project's directory and the agent's jar. The exit status is 0 only if every
 * call was rejected without the agent and answered with it, at the cost of one login an API.
 */
public final class Demo {
  private Demo() {}

  public static void main(String[] args) throws InterruptedException {
    Path demo = Path.of(args[0], "demo");
    Path agent = Path.of(args[1]);
    boolean good = false;
    try {
      if (!Files.isRegularFile(agent)) {
        throw new IOException("there is no agent at " + agent);
      }
      good = run(demo, agent);
    } catch (IOException e) {
      System.err.println("demo: " + e.getMessage());
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean run(Path demo, Path agent) throws IOException, InterruptedException {
    LegacyProgram program = new LegacyProgram(demo.resolve("legacy-program/target"));
    System.err.println("demo: " + program.requireIgnoranceOfAuthgraft());
    try (StandIns standIns = new StandIns()) {
      System.err.println("demo: running it without the agent ...");
      LegacyProgram.Run without = program.run(standIns, List.of());
      int loginsWithout = standIns.logins();

      System.err.println("demo: running it with the agent ...");
      Path config = writeConfig(demo, standIns);
      standIns.expireTokenOnTheWay();
      String options = "config=" + config + ",env=demo,log=debug";
      LegacyProgram.Run with =
          program.run(standIns, List.of("-javaagent:" + agent + "=" + options));

      DecidedRules rules = new DecidedRules(config, with.log());
      System.out.print(Report.of(standIns, without, with, rules));
      List<String> differences = Verdict.differences(standIns, without, with, loginsWithout, rules);
      differences.forEach(difference -> System.out.println("DIFFERENT: " + difference));
      if (!differences.isEmpty()) {
        System.err.println("demo: what the program and the agent wrote to standard error:");
        with.log().forEach(System.err::println);
      }
      System.out.println(summary(without, differences.size()));
      return differences.isEmpty();
    }
  }

  private static String summary(LegacyProgram.Run without, int differences) {
    if (differences > 0) {
      return "Not as it should be: " + differences + " differences.";
    }
    long open = without.calls().stream().filter(LegacyProgram.Call::isPublic).count();
    return String.format(
        "All as it should be: %d calls rejected before and answered after, %d public ones untouched.",
        without.calls().size() - open, open);
  }

  /** Returns a copy of the demo's config, with the overlay of today's ports beside it. */
  private static Path writeConfig(Path demo, StandIns standIns) throws IOException {
    Path directory = Files.createDirectories(demo.resolve("target/config"));
    Path config = directory.resolve("authgraft.yml");
    Files.writeString(config, Files.readString(demo.resolve("authgraft.yml")));
    Files.writeString(directory.resolve("authgraft-demo.yml"), standIns.overlay());
    return config;
  }
}
