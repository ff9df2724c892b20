import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that puts a client library through its paces and prints what it and the servers saw: of
 * each case a line {@code = NAME}, then the transcript; of a server's lines the first letter is
 * {@code @}. Arguments: how calls are made, which is the client's to understand, and the cases to
 * run, or none for all.
 */
abstract class Unchanged {
  /** What a case does. */
  interface Case {
    void run(Stage stage) throws Exception;
  }

  private final Map<String, Case> cases = new LinkedHashMap<>();

  abstract Client open(Stage stage, Settings settings) throws Exception;

  /** Returns whether the thread that makes a call reads its answer. */
  boolean blocks() {
    return true;
  }

  final void add(String name, Case added) {
    if (cases.put(name, added) != null) throw new IllegalArgumentException("twice: " + name);
  }

  final void run(String... args) {
    for (int i = 1; i < args.length; i++) run(args[i], cases.get(args[i]));
    if (args.length == 1) cases.forEach(this::run);
    System.exit(0); // whatever threads the clients leave
  }

  private void run(String name, Case running) {
    Stage stage = new Stage(this);
    try (Stage closed = stage) {
      try {
        running.run(stage);
      } catch (Throwable e) {
        stage.threw(e);
      }
      if (Thread.interrupted()) stage.say("(interrupted)");
    } catch (IOException e) {
      stage.threw(e);
    }
    List<String> transcript = stage.transcript();
    StringBuilder lines = new StringBuilder("= " + name + "\n");
    for (String line : transcript) lines.append(line).append('\n');
    System.out.print(lines);
  }
}
