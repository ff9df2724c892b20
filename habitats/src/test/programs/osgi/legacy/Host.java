package legacy;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * A framework with the bundles that are named as arguments. On standard input come a client and a
 * URL for them to call, or whether they are to be stopped, uninstalled or installed.
 */
public final class Host {
  private final BundleContext context;
  private final List<Bundle> bundles = new ArrayList<>();
  private final String[] jars;

  private Host(BundleContext context, String[] jars) {
    this.context = context;
    this.jars = jars;
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, new File("felix").getPath());
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "jdk.net"); // HttpClient's own need
    Framework framework = new FrameworkFactory().newFramework(settings);
    framework.start();
    Host host = new Host(framework.getBundleContext(), args);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println(host.answer("install"));
    for (String line; (line = in.readLine()) != null; ) System.out.println(host.answer(line));
    framework.stop();
    framework.waitForStop(0);
  }

  private String answer(String line) throws Exception {
    switch (line) {
      case "install":
        for (String jar : jars) bundles.add(context.installBundle(new File(jar).toURI().toString()));
        for (Bundle bundle : bundles) bundle.start();
        return "installed";
      case "uninstall":
        for (Bundle bundle : bundles) bundle.stop();
        for (Bundle bundle : bundles) bundle.uninstall();
        bundles.clear();
        return "uninstalled";
      default:
        return call(line.split(" "));
    }
  }

  @SuppressWarnings("unchecked")
  private String call(String[] words) {
    return ((BiFunction<String, String, String>)
            context.getService(context.getServiceReference(BiFunction.class)))
        .apply(words[0], words[1]);
  }
}
