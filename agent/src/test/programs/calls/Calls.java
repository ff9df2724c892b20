import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A program whose HTTP calls are said to it on standard input, a line each, and answered on
 * standard output in the order in which they end. It ends when its input does.
 *
 * <p>Of a line's fields the first is a number that comes back with the answer; the others are in
 * Base64. A line of the number alone asks for the connections in use, one with the word waiting for
 * the calls that wait for something else than the network, one with the word forget lets go of what
 * earlier calls left behind.
 */
abstract class Calls {
  /** Sends a call; returns status, body, and every request that the program can see afterwards. */
  abstract String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception;

  abstract int connectionsInUse();

  /** Drops idle connections and cookies: another server may have the port of an earlier one. */
  void forget() throws IOException {}

  abstract void close() throws IOException;

  final void serve() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool(call -> new Thread(call, "call"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      String[] fields = line.split(" ", -1);
      threads.execute(() -> System.out.println(fields[0] + " " + answer(fields)));
    }
    threads.shutdown();
    close();
  }

  private String answer(String[] fields) {
    if (fields.length == 1) return Integer.toString(connectionsInUse());
    if (fields[1].equals("waiting")) return Integer.toString(waiting());
    if (fields[1].equals("forget")) return forgotten();
    String[] headers = new String[fields.length - 5];
    for (int i = 0; i < headers.length; i++) headers[i] = text(fields[i + 5]);
    byte[] body = fields[3].equals("-") ? null : Base64.getDecoder().decode(fields[3]);
    boolean once = fields[4].equals("once");
    try {
      return "answered" + encoded(send(text(fields[1]), text(fields[2]), headers, body, once));
    } catch (IOException e) {
      return "failed" + encoded(String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      return "broke" + encoded(e.toString());
    }
  }

  private String forgotten() {
    try {
      forget();
      return "0";
    } catch (IOException e) {
      return "failed" + encoded(e.toString());
    }
  }

  /** A thread without a call waits as well, but not without end. */
  private static int waiting() {
    int waiting = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean waits = thread.getState() == Thread.State.WAITING;
      if (waits && thread.getName().equals("call")) waiting++;
    }
    return waiting;
  }

  private static String text(String field) {
    return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
  }

  private static String encoded(String... texts) {
    StringBuilder fields = new StringBuilder();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      fields.append(' ').append(Base64.getEncoder().encodeToString(bytes));
    }
    return fields.toString();
  }
}
