package dev.authgraft.agent.hook;

import dev.authgraft.agent.launcher.AgentLoader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Defines {@code java.lang.AuthgraftBridge}, which every class of the program can call. */
public final class Bridge {
  private static final String NAME = "java/lang/AuthgraftBridge";

  private Bridge() {}

  /** Returns whether an agent has already started in this JVM. */
  public static boolean isDefined() {
    try {
      Class.forName(NAME.replace('/', '.'), false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Defines the bridge; throws if neither of the two ways to do so works. */
  public static void define(AgentLoader loader, Instrumentation instrumentation)
      throws IOException {
    byte[] bytes = loader.read("authgraft/bridge/" + NAME + ".classdata");
    if (bytes == null) throw new IOException(loader.jar() + " holds no bridge");
    try {
      BridgeDefiner.define(NAME, bytes, instrumentation);
    } catch (Throwable e) { // this JVM does not allow it
      appendToBootPath(bytes, instrumentation);
      if (!isDefined()) throw new IOException("this JVM takes no class in java.lang: " + e, e);
    }
  }

  /* The last resort, on Java 8 only: it disables class-data sharing and needs a temporary file. */
  private static void appendToBootPath(byte[] bytes, Instrumentation instrumentation)
      throws IOException {
    File jar = File.createTempFile("authgraft-bridge", ".jar");
    jar.deleteOnExit();
    try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(NAME + ".class"));
      out.write(bytes);
      out.closeEntry();
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
  }
}
