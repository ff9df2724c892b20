/** Puts HttpURLConnection through the cases. Arguments: sync, and the cases to run, or all. */
public final class Program extends Unchanged {
  public static void main(String[] args) throws Exception {
    Program program = new Program();
    Exchanges.addTo(program);
    Redirects.addTo(program);
    Connections.addTo(program);
    Secured.addTo(program);
    program.leaveOut("GET: 103 before the answer"); // The JDK takes it for the answer, and waits.
    program.run(args);
  }

  @Override
  boolean clientCloses() {
    return false;
  }

  @Override
  Client open(Stage stage, Settings settings) {
    return new Connection(stage, settings);
  }
}
