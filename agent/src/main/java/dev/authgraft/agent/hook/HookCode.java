package dev.authgraft.agent.hook;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Inserts calls of the bridge into one hooked method.
 *
 * <p>At the entry, for one argument: {@code argument = (Type) AuthgraftBridge.argument(Owner.class,
 * argument, index, point)}; for all of them: {@code AuthgraftBridge.enter(Owner.class, new
 * Object[]{this, …}, point)}, whose answer is gone on with, thrown or returned. Before each return
 * and each throw, where the end is to be told: {@code AuthgraftBridge.end(Owner.class, argument,
 * result, point)}.
 *
 * <p>No member is added, so a class that is loaded already takes it, and so do the other agents in
 * the JVM.
 */
final class HookCode extends MethodVisitor {
  private static final String BRIDGE = "java/lang/AuthgraftBridge";
  private static final String OBJECT = "java/lang/Object";
  private static final String OBJECTS = "[Ljava/lang/Object;";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String ARGUMENT =
      "(Ljava/lang/Class;Ljava/lang/Object;II)Ljava/lang/Object;";
  private static final String ENTER = "(Ljava/lang/Class;[Ljava/lang/Object;I)Ljava/lang/Object;";
  private static final String END =
      "(Ljava/lang/Class;Ljava/lang/Object;Ljava/lang/Object;I)Ljava/lang/Object;";

  private final HookPoint point;
  private final int number;
  private final HookPoint.Slots slots;
  private final Type result;
  private final boolean hasFrames;

  HookCode(MethodVisitor next, HookPoint point, int number, HookPoint.Slots slots, Method method) {
    super(Opcodes.ASM9, next);
    this.point = point;
    this.number = number;
    this.slots = slots;
    this.result = Type.getReturnType(method.descriptor);
    this.hasFrames = method.major >= Opcodes.V1_6;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (point.kind == HookPoint.Kind.AROUND) enter();
    else replaceArgument();
  }

  private void replaceArgument() {
    visitLdcInsn(Type.getObjectType(point.owner));
    visitVarInsn(Opcodes.ALOAD, slots.slots[0]);
    if (slots.index < 0) visitInsn(Opcodes.ICONST_0);
    else visitVarInsn(Opcodes.ILOAD, slots.index);
    push(number);
    visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "argument", ARGUMENT, false);
    visitTypeInsn(Opcodes.CHECKCAST, slots.types[0]);
    visitVarInsn(Opcodes.ASTORE, slots.slots[0]);
  }

  private void enter() {
    Label goOn = new Label();
    Label answer = new Label();
    visitLdcInsn(Type.getObjectType(point.owner));
    push(slots.slots.length);
    visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    for (int i = 0; i < slots.slots.length; i++) {
      visitInsn(Opcodes.DUP);
      push(i);
      visitVarInsn(Opcodes.ALOAD, slots.slots[i]);
      visitInsn(Opcodes.AASTORE);
    }
    push(number);
    visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "enter", ENTER, false);
    visitInsn(Opcodes.DUP);
    visitTypeInsn(Opcodes.INSTANCEOF, OBJECTS);
    visitJumpInsn(Opcodes.IFNE, goOn);
    visitInsn(Opcodes.DUP);
    visitTypeInsn(Opcodes.INSTANCEOF, THROWABLE);
    visitJumpInsn(Opcodes.IFEQ, answer);
    visitTypeInsn(Opcodes.CHECKCAST, THROWABLE);
    super.visitInsn(Opcodes.ATHROW);
    visitLabel(answer);
    frame();
    returnAnswer();
    visitLabel(goOn);
    frame();
    takeArguments();
  }

  /**
   * Declares a frame with the bridge's answer on the stack and the local variables of the entry.
   */
  private void frame() {
    if (hasFrames) visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {OBJECT});
  }

  private void returnAnswer() {
    switch (result.getSort()) {
      case Type.VOID:
        visitInsn(Opcodes.POP);
        super.visitInsn(Opcodes.RETURN);
        return;
      case Type.OBJECT:
      case Type.ARRAY:
        visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
        super.visitInsn(Opcodes.ARETURN);
        return;
      default:
        unbox();
        super.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }
  }

  private void unbox() {
    boolean isNumber = result.getSort() != Type.BOOLEAN && result.getSort() != Type.CHAR;
    String box =
        isNumber
            ? "java/lang/Number"
            : result.getSort() == Type.BOOLEAN ? "java/lang/Boolean" : "java/lang/Character";
    visitTypeInsn(Opcodes.CHECKCAST, box);
    String method = result.getClassName() + "Value";
    visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, method, "()" + result.getDescriptor(), false);
  }

  private void takeArguments() {
    visitTypeInsn(Opcodes.CHECKCAST, OBJECTS);
    for (int i = 1; i < slots.slots.length; i++) {
      visitInsn(Opcodes.DUP);
      push(i);
      visitInsn(Opcodes.AALOAD);
      visitTypeInsn(Opcodes.CHECKCAST, slots.types[i]);
      visitVarInsn(Opcodes.ASTORE, slots.slots[i]);
    }
    visitInsn(Opcodes.POP);
    visitInsn(Opcodes.NOP); // The method may begin with a frame, and one offset cannot have two.
  }

  @Override
  public void visitInsn(int opcode) {
    if (point.endsToo) {
      if (opcode == Opcodes.ARETURN) end(true);
      else if (opcode == Opcodes.ATHROW) end(false);
      else if (opcode == Opcodes.RETURN) endOfVoid();
    }
    super.visitInsn(opcode);
  }

  /* Uses only the stack: the frames of exception handlers do not know a new local variable. */
  private void end(boolean replaces) {
    if (!replaces) super.visitInsn(Opcodes.DUP);
    callEnd();
    if (replaces) super.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
    else super.visitInsn(Opcodes.POP);
  }

  private void endOfVoid() {
    super.visitInsn(Opcodes.ACONST_NULL);
    callEnd();
    super.visitInsn(Opcodes.POP);
  }

  private void callEnd() {
    super.visitLdcInsn(Type.getObjectType(point.owner));
    super.visitInsn(Opcodes.SWAP);
    super.visitVarInsn(Opcodes.ALOAD, slots.slots[0]);
    super.visitInsn(Opcodes.SWAP);
    push(number);
    super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "end", END, false);
  }

  private void push(int small) {
    super.visitIntInsn(Opcodes.BIPUSH, small);
  }

  /** The properties of a method that decide how it is hooked. */
  static final class Method {
    final String descriptor;
    final int major;

    Method(String descriptor, int major) {
      this.descriptor = descriptor;
      this.major = major;
    }
  }
}
