/** Puts HttpClient 5 through the cases. Arguments: sync or async, and the cases to run, or all. */
public final class Program extends Unchanged {
  private final boolean isAsync;

  private Program(boolean isAsync) {
    this.isAsync = isAsync;
  }

  public static void main(String[] args) throws Exception {
    Program program = new Program(args[0].equals("async"));
    Exchanges.addTo(program);
    Redirects.addTo(program);
    Failures.addTo(program);
    Connections.addTo(program);
    Secured.addTo(program);
    Stalls.addTo(program);
    if (!program.isAsync) {
      ApacheCalls.addTo(program);
      ApacheChains.addTo(program);
      ApacheBodies.addTo(program);
    }
    program.run(args);
  }

  @Override
  Client open(Stage stage, Settings settings) {
    return isAsync ? new Async(stage, settings) : new Apache(stage, settings);
  }

  @Override
  boolean blocks() {
    return !isAsync;
  }
}
