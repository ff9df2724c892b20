package legacy;

import java.io.BufferedReader;
import java.io.InputStreamReader;

/**
 * Calls as it is told on standard input, a client and a URL each line, and answers with the status,
 * or with what kept it from having one. It also says what a system property is. It ends when its
 * input does.
 */
public final class Caller {
  private Caller() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) System.out.println(answer(line.split(" ")));
  }

  private static String answer(String[] words) {
    if (words[0].equals("property")) return String.valueOf(System.getProperty(words[1]));
    try {
      return Integer.toString(Clients.get(words[0], words[1]));
    } catch (Throwable e) {
      return e.toString();
    }
  }
}
