package legacy;

import java.io.IOException;
import java.util.function.BiFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that calls by the clients of another one. */
public final class Activator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    BiFunction<String, String, String> calls = Activator::call;
    context.registerService(BiFunction.class, calls, null);
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    Clients.close("okhttp");
    Clients.close("apache");
  }

  private static String call(String client, String url) {
    try {
      return Integer.toString(Clients.get(client, url));
    } catch (Throwable e) {
      return e.toString();
    }
  }
}
