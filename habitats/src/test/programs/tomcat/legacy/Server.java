package legacy;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLEncoder;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A Tomcat with the applications of two directories, {@code old} and {@code new}. On standard input
 * come the name of one, a client and a URL for it to call, or the name of one that is to go.
 */
public final class Server {
  private static final long PATIENCE_SECONDS = 200;

  private Server() {}

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    for (String name : args) {
      Context context = tomcat.addContext("/" + name, new File(name).getAbsolutePath());
      Tomcat.addServlet(context, "call", "legacy.CallServlet");
      context.addServletMappingDecoded("/*", "call");
    }
    tomcat.start();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      String[] words = line.split(" ");
      System.out.println(words.length == 1 ? undeploy(tomcat, words[0]) : call(tomcat, words));
    }
    tomcat.stop();
    tomcat.destroy();
  }

  private static String call(Tomcat tomcat, String[] words) throws Exception {
    String query = "?client=" + words[1] + "&url=" + URLEncoder.encode(words[2], "UTF-8");
    int port = tomcat.getConnector().getLocalPort();
    URL url = new URL("http://127.0.0.1:" + port + "/" + words[0] + "/" + query);
    try (BufferedReader answer = new BufferedReader(new InputStreamReader(url.openStream()))) {
      return answer.readLine();
    }
  }

  /** The threads of OkHttp hold an application for up to a minute after it has gone. */
  private static String undeploy(Tomcat tomcat, String name) throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    WeakReference<ClassLoader> loader = remove(tomcat, name, collected);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      System.gc();
      if (collected.remove(1000) == loader) return "collected";
    }
    return "still there: " + loader.get();
  }

  private static WeakReference<ClassLoader> remove(
      Tomcat tomcat, String name, ReferenceQueue<ClassLoader> collected) {
    Context context = (Context) tomcat.getHost().findChild("/" + name);
    ClassLoader loader = context.getLoader().getClassLoader();
    tomcat.getHost().removeChild(context);
    return new WeakReference<>(loader, collected);
  }
}
