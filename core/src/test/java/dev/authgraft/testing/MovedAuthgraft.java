package dev.authgraft.testing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.jspecify.annotations.Nullable;

/**
 * A copy of Authgraft in the package {@code shaded.authgraft}, as the tools that move classes make
 * it: constants that begin with the name of a moved class are moved, too.
 */
public final class MovedAuthgraft extends ClassLoader implements AutoCloseable {
  private static final String FROM = "dev.authgraft.";
  private static final String TO = "shaded.authgraft.";

  private final Object authgraft;

  /** Loads the config {@code file}. */
  public MovedAuthgraft(Path file) throws ReflectiveOperationException {
    super(MovedAuthgraft.class.getClassLoader());
    authgraft = loadClass(TO + "Authgraft").getMethod("load", Path.class).invoke(null, file);
  }

  /**
   * Calls the copy of {@code installer}'s method {@code install} with {@code builder}, a {@code
   * builderType}.
   */
  public <B> B install(Class<?> installer, Class<B> builderType, B builder)
      throws ReflectiveOperationException {
    Class<?> moved = loadClass(moved(installer.getName()));
    Method install = moved.getMethod("install", builderType, loadClass(TO + "Authgraft"));
    return builderType.cast(install.invoke(null, builder, authgraft));
  }

  @Override
  public void close() throws Exception {
    ((AutoCloseable) authgraft).close();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.startsWith(TO)) throw new ClassNotFoundException(name);
    String file = (FROM + name.substring(TO.length())).replace('.', '/') + ".class";
    try (@Nullable InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) throw new ClassNotFoundException(name);
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in.readAllBytes()).accept(new ClassRemapper(writer, new Moving()), 0);
      byte[] bytes = writer.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static String moved(String name) {
    return name.startsWith(FROM) ? TO + name.substring(FROM.length()) : name;
  }

  private static final class Moving extends Remapper {
    @Override
    public String map(String internalName) {
      return moved(internalName.replace('/', '.')).replace('.', '/');
    }

    @Override
    public Object mapValue(Object value) {
      return value instanceof String text ? moved(text) : super.mapValue(value);
    }
  }
}
