package legacy;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A Tomcat with the applications of the directories that are its arguments. On standard input come
 * the name of one, a client and a URL for it to call, or the name of one that is to go, or {@code
 * collected}: that answers once all that have gone are collected.
 */
public final class Server {
  private static final long PATIENCE_SECONDS = 200;

  private static final ReferenceQueue<ClassLoader> COLLECTED = new ReferenceQueue<>();
  private static final Set<WeakReference<ClassLoader>> GONE = new HashSet<>();

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
      if (words.length > 1) System.out.println(call(tomcat, words));
      else if (line.equals("collected")) System.out.println(awaitCollection());
      else System.out.println(undeploy(tomcat, line));
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

  private static String undeploy(Tomcat tomcat, String name) {
    Context context = (Context) tomcat.getHost().findChild("/" + name);
    GONE.add(new WeakReference<>(context.getLoader().getClassLoader(), COLLECTED));
    tomcat.getHost().removeChild(context);
    return "undeployed";
  }

  private static String awaitCollection() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!GONE.isEmpty() && System.nanoTime() < end) {
      System.gc();
      GONE.remove(COLLECTED.remove(1000));
    }
    return GONE.size() + " left";
  }
}
