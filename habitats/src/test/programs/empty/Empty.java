import java.lang.instrument.Instrumentation;

/** An agent that does nothing. */
public final class Empty {
  private Empty() {}

  public static void premain(String options, Instrumentation instrumentation) {}
}
