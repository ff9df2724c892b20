import java.io.Closeable;

/** A client library, set up to say everything that a program can see of its calls. */
interface Client extends Closeable {
  /** Runs {@code errand} and says all of it, up to the answer's end or the exception. */
  void send(Errand errand);

  /** Ends the call that runs, from another thread or from its own. */
  void cancel();
}
