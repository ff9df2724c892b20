package dev.authgraft.agent.launcher;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads Authgraft and what it carries from entries of the agent's jar that no other loader takes
 * for classes. They are read in place; nothing is extracted. Own entries come first; apart from
 * them it sees the JDK and this package, never the program.
 */
public final class AgentLoader extends ClassLoader {
  private static final String CLASSES = "authgraft/agent/";
  private static final String NEWER_CLASSES = "authgraft/agent/META-INF/versions/9/";
  private static final String LAUNCHER = "dev.authgraft.agent.launcher.";

  static {
    registerAsParallelCapable();
  }

  /*
   * Under a security manager a class without a domain may do nothing at all. It names no place that
   * the classes come from: tools that look at every class of the program pass them by.
   */
  private static final ProtectionDomain DOMAIN;

  static {
    Permissions all = new Permissions();
    all.add(new AllPermission());
    DOMAIN = new ProtectionDomain(null, all);
  }

  private final File jar;
  private final ZipFile zip;
  private final boolean newer =
      !System.getProperty("java.specification.version", "").startsWith("1.");

  AgentLoader(File jar, @Nullable ClassLoader parent) throws IOException {
    super(parent);
    this.jar = jar;
    zip = new ZipFile(jar);
  }

  /** Returns the agent's jar. */
  public File jar() {
    return jar;
  }

  /** Returns the version of the agent, or "dev" where the jar does not say. */
  public String version() {
    Package launcher = Launcher.class.getPackage();
    String version = launcher == null ? null : launcher.getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** Returns the content of the jar's entry {@code path}, or null if there is none. */
  public byte @Nullable [] read(String path) throws IOException {
    ZipEntry entry = zip.getEntry(path);
    if (entry == null) return null;
    byte[] content = new byte[(int) entry.getSize()];
    try (InputStream in = zip.getInputStream(entry)) {
      for (int at = 0; at < content.length; ) {
        int count = in.read(content, at, content.length - at);
        if (count < 0) throw new FileNotFoundException(jar + " was changed while in use");
        at += count;
      }
    }
    return content;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) return super.loadClass(name, resolve);
    if (name.startsWith(LAUNCHER)) return Class.forName(name);
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) loaded = define(name);
      if (loaded == null) return super.loadClass(name, resolve);
      if (resolve) resolveClass(loaded);
      return loaded;
    }
  }

  private @Nullable Class<?> define(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".classdata";
    try {
      byte[] bytes = newer ? read(NEWER_CLASSES + path) : null;
      if (bytes == null) bytes = read(CLASSES + path);
      return bytes == null ? null : defineClass(name, bytes, 0, bytes.length, DOMAIN);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (zip.getEntry(CLASSES + name) == null) return null;
    try {
      return new URL("jar:" + jar.toURI() + "!/" + CLASSES + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }
}
