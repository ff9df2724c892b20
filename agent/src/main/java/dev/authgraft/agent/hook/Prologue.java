package dev.authgraft.agent.hook;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Inserts {@code argument = (Type) AuthgraftBridge.exchange(Owner.class, argument, index)} at the
 * entry of a method.
 *
 * <p>Where the result is to be shown, {@code AuthgraftBridge.exchange(Owner.class, new
 * Object[]{argument, result}, -1)} comes before each return and each throw.
 *
 * <p>No branch, so no stack map frame changes; no member is added, so a class that is loaded
 * already takes it, and so do the other agents in the JVM.
 */
final class Prologue extends MethodVisitor {
  private static final String BRIDGE = "java/lang/AuthgraftBridge";
  private static final String EXCHANGE = "(Ljava/lang/Class;Ljava/lang/Object;I)Ljava/lang/Object;";
  private static final int NEWEST_KNOWN = Opcodes.V28;

  private final HookPoint point;
  private final HookPoint.Slots slots;

  private Prologue(MethodVisitor next, HookPoint point, HookPoint.Slots slots) {
    super(Opcodes.ASM9, next);
    this.point = point;
    this.slots = slots;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    visitLdcInsn(Type.getObjectType(point.owner));
    visitVarInsn(Opcodes.ALOAD, slots.argument);
    if (slots.index < 0) visitInsn(Opcodes.ICONST_0);
    else visitVarInsn(Opcodes.ILOAD, slots.index);
    visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "exchange", EXCHANGE, false);
    visitTypeInsn(Opcodes.CHECKCAST, slots.type);
    visitVarInsn(Opcodes.ASTORE, slots.argument);
  }

  @Override
  public void visitInsn(int opcode) {
    boolean ends = opcode == Opcodes.ARETURN || opcode == Opcodes.ATHROW;
    if (ends && point.showsResult) showResult();
    super.visitInsn(opcode);
  }

  /* On the stack alone: a new local variable would be unknown to the frames of what catches. */
  private void showResult() {
    super.visitInsn(Opcodes.DUP);
    super.visitInsn(Opcodes.ICONST_2);
    super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
    super.visitInsn(Opcodes.DUP_X1);
    super.visitInsn(Opcodes.SWAP);
    super.visitInsn(Opcodes.ICONST_1);
    super.visitInsn(Opcodes.SWAP);
    super.visitInsn(Opcodes.AASTORE); // array[1] = result
    super.visitInsn(Opcodes.DUP);
    super.visitInsn(Opcodes.ICONST_0);
    super.visitVarInsn(Opcodes.ALOAD, slots.argument);
    super.visitInsn(Opcodes.AASTORE);
    super.visitLdcInsn(Type.getObjectType(point.owner));
    super.visitInsn(Opcodes.SWAP);
    super.visitInsn(Opcodes.ICONST_M1);
    super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "exchange", EXCHANGE, false);
    super.visitInsn(Opcodes.POP);
  }

  /** Returns {@code classFile} with the prologue, or null if it has no method to take it. */
  static byte @Nullable [] insert(HookPoint point, byte[] classFile) {
    int major = major(classFile);
    if (major < Opcodes.V1_5) return null; // has no class constants
    ClassReader reader = new ClassReader(readable(classFile, major));
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Methods methods = new Methods(writer, point);
    reader.accept(methods, 0);
    if (!methods.hooked) return null;
    byte[] hooked = writer.toByteArray();
    System.arraycopy(classFile, 4, hooked, 4, 4); // minor and major, as they were
    return hooked;
  }

  private static int major(byte[] classFile) {
    return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
  }

  /* ASM refuses a version that it does not know; for a prologue the version makes no difference. */
  private static byte[] readable(byte[] classFile, int major) {
    if (major <= NEWEST_KNOWN) return classFile;
    byte[] older = classFile.clone();
    older[4] = 0;
    older[5] = 0;
    older[6] = 0;
    older[7] = (byte) NEWEST_KNOWN;
    return older;
  }

  private static final class Methods extends ClassVisitor {
    private final HookPoint point;
    boolean hooked;

    Methods(ClassWriter writer, HookPoint point) {
      super(Opcodes.ASM9, writer);
      this.point = point;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!name.equals(point.method)
          || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) != 0) {
        return next;
      }
      HookPoint.Slots slots = point.slots(descriptor);
      if (slots == null) return next;
      hooked = true;
      return new Prologue(next, point, slots);
    }
  }
}
