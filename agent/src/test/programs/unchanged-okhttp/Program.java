/** Puts OkHttp through the cases. Arguments: sync, and the cases to run, or none for all. */
public final class Program extends Unchanged {
  public static void main(String[] args) throws Exception {
    Program program = new Program();
    Exchanges.addTo(program);
    Redirects.addTo(program);
    Failures.addTo(program);
    Connections.addTo(program);
    Secured.addTo(program);
    Stalls.addTo(program);
    OkHttpCalls.addTo(program);
    OkHttpDispatched.addTo(program);
    OkHttpInterceptors.addTo(program);
    OkHttpCaches.addTo(program);
    OkHttpStreams.addTo(program);
    OkHttpThrowers.addTo(program);
    OkHttpBodies.addTo(program);
    program.run(args);
  }

  @Override
  Client open(Stage stage, Settings settings) {
    return new OkHttp(stage, settings);
  }
}
