import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A program that does what it is told on standard input, and answers each line with one line. */
public final class Probe {
  private static final String CHAIN = "okhttp3.internal.http.RealInterceptorChain";

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) System.out.println(answer(line.split(" ")));
  }

  private static String answer(String[] words) throws Exception {
    switch (words[0]) {
      case "sees":
        return sees(words[1]);
      case "chain":
        return chain(Probe.class.getClassLoader(), Integer.parseInt(words[1]));
      case "relocated":
        return chain(words[1] + "." + CHAIN, Probe.class.getClassLoader(), 0);
      case "isolated":
        return chain(new Isolated(new File(words[1])), 0);
      case "loads":
        new Isolated(new File(words[1])).loadClass(words[2]);
        return "yes";
      case "leaks":
        return leaks(new File(words[1]));
      case "shape":
        Class<?> chain = Class.forName("okhttp3.internal.http.RealInterceptorChain");
        return Arrays.asList(chain.getDeclaredFields())
            + " "
            + Arrays.asList(chain.getDeclaredMethods())
            + " "
            + Arrays.asList(chain.getDeclaredConstructors())
            + " "
            + Arrays.asList(chain.getInterfaces());
      case "property":
        return String.valueOf(System.getProperty(words[1]));
      case "threads":
        return threads();
      default:
        return "?";
    }
  }

  private static String sees(String name) {
    try {
      return Class.forName(name, false, Probe.class.getClassLoader()).getClassLoader() == null
          ? "boot"
          : "yes";
    } catch (ClassNotFoundException e) {
      return "no";
    }
  }

  /** Makes a chain as OkHttp does for every call, and answers what became of its list. */
  private static String chain(ClassLoader loader, int index) throws Exception {
    return chain(CHAIN, loader, index);
  }

  private static String chain(String name, ClassLoader loader, int index) throws Exception {
    Class<?> chain = Class.forName(name, true, loader);
    Object made =
        chain.getConstructor(List.class, int.class).newInstance(Collections.singletonList("app"), index);
    return String.valueOf(chain.getField("interceptors").get(made));
  }

  private static String leaks(File client) throws Exception {
    Set<WeakReference<ClassLoader>> loaders = new HashSet<>();
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    String last = "";
    for (int i = 0; i < 4; i++) {
      ClassLoader loader = new Isolated(client);
      last = chain(loader, 0);
      loaders.add(new WeakReference<>(loader, collected));
      loader = null;
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!loaders.isEmpty() && System.nanoTime() < end) {
      System.gc();
      loaders.remove(collected.remove(100));
    }
    return last + " " + loaders.size() + " left";
  }

  /** Answers which threads of the agent are left, once that which reads the config has ended. */
  private static String threads() throws InterruptedException {
    StringBuilder text = new StringBuilder();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!thread.getName().startsWith("authgraft-")) continue;
      if (thread.getName().equals("authgraft-config")) thread.join(60_000);
      if (!thread.isAlive()) continue;
      text.append(thread.getName()).append(thread.isDaemon() ? " daemon" : " ");
      text.append(thread.getContextClassLoader() == null ? " free " : " bound ");
    }
    return "threads " + text;
  }

  /** Delegates java.* and nothing else, as module systems may. */
  private static final class Isolated extends URLClassLoader {
    Isolated(File directory) throws Exception {
      super(new URL[] {directory.toURI().toURL()}, null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.")) return super.loadClass(name, resolve);
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
