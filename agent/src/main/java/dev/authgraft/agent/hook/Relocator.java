package dev.authgraft.agent.hook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the classes of a client module so that they refer to a relocated client. The client's
 * dependencies may be relocated with it, elsewhere or not at all, so each name is looked up.
 */
final class Relocator extends Remapper {
  private final @Nullable ClassLoader client;
  private final List<String> prefixes;
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param prefixes possible prefixes of the names, each with its dot, in order of preference
   */
  Relocator(@Nullable ClassLoader client, List<String> prefixes) {
    super(Opcodes.ASM9);
    this.client = client;
    this.prefixes = prefixes;
  }

  synchronized byte[] relocate(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(new ClassRemapper(writer, this), 0);
    return writer.toByteArray();
  }

  @Override
  public String map(String internalName) {
    return renamed(internalName.replace('/', '.')).replace('.', '/');
  }

  /** Renames strings too, because the modules know some classes only by name. */
  @Override
  public Object mapValue(Object value) {
    return value instanceof String ? renamed((String) value) : super.mapValue(value);
  }

  private String renamed(String name) {
    if (name.indexOf('.') < 0 || isOurs(name)) return name;
    String known = names.get(name);
    if (known == null) names.put(name, known = find(name));
    return known;
  }

  private static boolean isOurs(String name) {
    return name.startsWith("java.") || name.startsWith("dev.authgraft.");
  }

  private String find(String name) {
    String type = name.endsWith("$") ? name.substring(0, name.length() - 1) : name;
    for (String prefix : prefixes) if (exists(prefix + type)) return prefix + name;
    return name;
  }

  private boolean exists(String type) {
    try {
      Class.forName(type, false, client);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
