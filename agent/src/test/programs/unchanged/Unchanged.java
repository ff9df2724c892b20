import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
  private final Set<String> waiting = new HashSet<>();

  abstract Client open(Stage stage, Settings settings) throws Exception;

  /** Returns whether the thread that makes a call reads its answer. */
  boolean blocks() {
    return true;
  }

  /** Returns whether closing a client closes its idle connections. */
  boolean clientCloses() {
    return true;
  }

  /** Leaves out cases that this client does not end before its timeout. */
  final void leaveOut(String... names) {
    for (String name : names) {
      if (cases.remove(name) == null) throw new IllegalArgumentException("no case: " + name);
    }
  }

  final void add(String name, Case added) {
    if (cases.put(name, added) != null) throw new IllegalArgumentException("twice: " + name);
  }

  /** Adds a case that takes its time, but not the processor's: it runs beside the others. */
  final void addWaiting(String name, Case added) {
    add(name, added);
    waiting.add(name);
  }

  /** Adds a case of a body that is read once: an asynchronous client may forget such a call. */
  final void addReadOnce(String name, Case added) {
    if (blocks()) add(name, added);
    else addWaiting(name, added);
  }

  /*
   * What a case waits for in vain, it waits for so long that no pause of a busy machine is taken
   * for it. So these cases run all at once, and after the others: little has to be loaded then.
   */
  final void run(String... args) throws Exception {
    List<String> names = new ArrayList<>(args.length == 1 ? cases.keySet() : named(args));
    for (String name : names) if (!waiting.contains(name)) run(name);
    names.retainAll(waiting);
    ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "main"));
    List<Callable<Void>> tasks = new ArrayList<>();
    for (String name : names) tasks.add(() -> run(name));
    for (Future<Void> done : threads.invokeAll(tasks)) done.get();
    System.exit(0); // whatever threads the clients leave
  }

  private static List<String> named(String... args) {
    return Arrays.asList(args).subList(1, args.length);
  }

  private Void run(String name) {
    Case running = cases.get(name);
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
    return null;
  }
}
