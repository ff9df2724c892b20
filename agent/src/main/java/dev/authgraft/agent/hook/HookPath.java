package dev.authgraft.agent.hook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * Loads every class that a hook may need, before it serves the first call. If the jar lacks a
 * class, the call that needs it would end with an {@code Error}, for example where it throws or
 * catches an exception of that class; and OkHttp's {@code enqueue} never calls back after an {@code
 * Error}.
 */
final class HookPath {
  private static final String OURS = "dev/authgraft/";
  private static final int CLASS = 7; // The Java Virtual Machine Specification, 4.4

  private final HookLoader loader;
  private final Set<String> known = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private HookPath(HookLoader loader) {
    this.loader = loader;
  }

  /**
   * Loads, without initializing them, {@code hook}, the classes of its module that it refers to
   * directly or indirectly, and the classes of the core that these name.
   *
   * @throws ClassNotFoundException if one of them is missing or cannot be read
   * @throws LinkageError if one of them is damaged
   */
  static void load(HookLoader loader, String hook) throws ClassNotFoundException {
    new HookPath(loader).load(hook.replace('.', '/'));
  }

  private void load(String hook) throws ClassNotFoundException {
    known.add(hook);
    for (String name = hook; name != null; name = open.poll()) {
      byte[] own = loader.own(name);
      if (own != null) openNamesIn(own);
      try {
        loader.loadClass(name.replace('/', '.'));
      } catch (NoClassDefFoundError | IncompatibleClassChangeError e) {
        // Its superclass is missing in this release of the client, so nothing uses it here.
      }
    }
  }

  private void openNamesIn(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item == 0 || reader.readByte(item - 1) != CLASS) continue; // 0: a long's second half
      String name = reader.readUTF8(item, buffer);
      if (name.startsWith(OURS) && known.add(name)) open.add(name);
    }
  }
}
