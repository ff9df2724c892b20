package legacy;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.nio.file.Paths;

/** A program that a security manager keeps from most things. It tries what it is told to. */
public final class Guest {
  private Guest() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) System.setSecurityManager(new SecurityManager());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) System.out.println(answer(line.split(" ")));
  }

  private static String answer(String[] words) {
    try {
      switch (words[0]) {
        case "read":
          new FileInputStream(words[1]).close();
          return "done";
        case "variable":
          return "" + System.getenv(words[1]);
        case "connect":
          new Socket("127.0.0.1", Integer.parseInt(words[1])).close();
          return "done";
        case "bridge":
          return bridge(words[1]);
        case "async":
          return AsyncClient.get(words[1]);
        default:
          return Integer.toString(Clients.get(words[0], words[1]));
      }
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause().getMessage());
    } catch (SecurityException e) {
      return String.valueOf(e.getMessage());
    } catch (Throwable e) {
      return e.toString();
    }
  }

  /** Tries to get at the agent through the bridge, which every class sees. */
  private static String bridge(String file) throws Exception {
    Class<?> bridge = Class.forName("java.lang.AuthgraftBridge");
    bridge.getMethod("answerBy", bridge).invoke(null, (Object) null);
    Class<?> hooked = Class.forName("org.apache.hc.client5.http.impl.classic.ProtocolExec");
    Class<?> chain = Class.forName("org.apache.hc.client5.http.classic.ExecChain");
    Class<?>[] types = {chain};
    Object own =
        Proxy.newProxyInstance(Guest.class.getClassLoader(), types, (proxy, method, given) -> null);
    Object ours =
        bridge
            .getMethod("argument", Class.class, Object.class, int.class, int.class)
            .invoke(null, hooked, own, 0, 0);
    if (ours == own) return "not hooked";
    // Whoever loaded its parent may have the loader, and with it Authgraft's public classes.
    Class<?> authgraft =
        Class.forName("dev.authgraft.Authgraft", true, ours.getClass().getClassLoader());
    Object config = authgraft.getMethod("load", Path.class).invoke(null, Paths.get(file));
    return "read " + config;
  }
}
