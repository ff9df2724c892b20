package dev.authgraft.agent.start;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The jars that extend the agent with secret sources, together with their dependencies. */
public final class Extensions {
  private Extensions() {}

  /**
   * Returns a class loader for the jars that {@code options} name, or null if they name none. It
   * sees Authgraft's classes and no classes of the program.
   */
  public static @Nullable ClassLoader open(Options options) throws OptionsException {
    if (options.extensions().isEmpty()) return null;
    List<URL> jars = new ArrayList<>();
    for (File named : options.extensions()) {
      for (File jar : jars(named)) jars.add(checked(jar));
    }
    return new URLClassLoader(jars.toArray(new URL[0]), Extensions.class.getClassLoader());
  }

  private static List<File> jars(File named) throws OptionsException {
    if (!named.exists()) throw new OptionsException("extension not found: " + named);
    if (!named.isDirectory()) return Arrays.asList(named);
    File[] files = named.listFiles();
    List<File> jars = new ArrayList<>();
    if (files != null) {
      Arrays.sort(files);
      for (File file : files) if (file.getName().endsWith(".jar")) jars.add(file);
    }
    if (jars.isEmpty()) throw new OptionsException("no jar in the extensions directory " + named);
    return jars;
  }

  /**
   * Returns the URL of a jar after opening it once: a class loader ignores a broken jar silently.
   */
  private static URL checked(File jar) throws OptionsException {
    try {
      new ZipFile(jar).close();
      return jar.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new OptionsException("extension cannot be named: " + jar);
    } catch (IOException e) {
      throw new OptionsException("extension is not a jar that can be read: " + jar);
    }
  }
}
