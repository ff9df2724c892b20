package dev.authgraft.agent.hook;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** The class file of a hooked class: its hooked methods get {@link HookCode}, the rest stays. */
final class HookedClassFile extends ClassVisitor {
  private static final int NEWEST_KNOWN = Opcodes.V28;

  private final HookPoint[] points;
  private final int major;
  private final boolean[] found;

  private HookedClassFile(ClassWriter writer, HookPoint[] points, int major) {
    super(Opcodes.ASM9, writer);
    this.points = points;
    this.major = major;
    this.found = new boolean[points.length];
  }

  /** Returns {@code classFile} with the calls inserted, or null if a point is not there. */
  static byte @Nullable [] insert(HookPoint[] points, byte[] classFile) {
    int major = major(classFile);
    ClassReader reader = new ClassReader(readable(classFile, major));
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    HookedClassFile hooks = new HookedClassFile(writer, points, major);
    reader.accept(hooks, 0);
    if (!hooks.hasAll()) return null;
    byte[] hooked = writer.toByteArray();
    // Minor and major as they were, but older class files have no class constants. 49 is read in
    // the same way apart from these: it is verified by inference, and has no frames.
    if (major >= Opcodes.V1_5) System.arraycopy(classFile, 4, hooked, 4, 4);
    else hooked[7] = Opcodes.V1_5;
    return hooked;
  }

  private static int major(byte[] classFile) {
    return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
  }

  /* ASM refuses a class file version that it does not know, though the calls are the same in it. */
  private static byte[] readable(byte[] classFile, int major) {
    if (major <= NEWEST_KNOWN) return classFile;
    byte[] older = classFile.clone();
    older[4] = 0;
    older[5] = 0;
    older[6] = 0;
    older[7] = (byte) NEWEST_KNOWN;
    return older;
  }

  /**
   * Returns whether each point was found, optional ones apart: hooks that share state need one
   * another.
   */
  private boolean hasAll() {
    for (int i = 0; i < found.length; i++) if (!found[i] && !points[i].isOptional) return false;
    return true;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) != 0) return next;
    for (int i = 0; i < points.length; i++) {
      HookPoint.Slots slots = points[i].method.equals(name) ? points[i].slots(descriptor) : null;
      if (slots == null) continue;
      found[i] = true;
      return new HookCode(next, points[i], i, slots, new HookCode.Method(descriptor, major));
    }
    return next;
  }
}
