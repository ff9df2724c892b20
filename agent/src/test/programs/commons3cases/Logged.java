import org.apache.commons.logging.impl.SimpleLog;

/** Keeps what HttpClient logs of the headers that it writes, and prints nothing. */
public final class Logged extends SimpleLog {
  static final StringBuffer LINES = new StringBuffer();

  public Logged(String name) {
    super(name);
    setLevel(name.equals("httpclient.wire.header") ? LOG_LEVEL_DEBUG : LOG_LEVEL_OFF);
  }

  @Override
  protected void log(int level, Object message, Throwable thrown) {
    LINES.append(message).append('\n');
  }
}
