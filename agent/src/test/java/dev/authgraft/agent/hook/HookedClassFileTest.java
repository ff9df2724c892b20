package dev.authgraft.agent.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks in the classes of real releases. */
class HookedClassFileTest {
  private static final HookTable TABLE = HookTable.of(rows());

  private static final String CHAIN = "okhttp3/internal/http/RealInterceptorChain";
  private static final String PROTOCOL = "org/apache/hc/client5/http/impl/classic/ProtocolExec";
  private static final String ASYNC = "org/apache/hc/client5/http/impl/async/AsyncProtocolExec";
  private static final String CLIENT = "org/apache/hc/client5/http/impl/classic/InternalHttpClient";
  private static final String ASYNC_CLIENT =
      "org/apache/hc/client5/http/impl/async/InternalAbstractHttpAsyncClient";
  private static final String MINIMAL = "org/apache/hc/client5/http/impl/classic/MinimalHttpClient";
  private static final String MINIMAL_ASYNC =
      "org/apache/hc/client5/http/impl/async/MinimalHttpAsyncClient";
  private static final String MINIMAL_H2 =
      "org/apache/hc/client5/http/impl/async/MinimalH2AsyncClient";

  @ParameterizedTest
  @CsvSource({
    "okhttp-3.0.1, okhttp3/RealCall, 1, '[aload 1]'",
    "okhttp-3.3.1, okhttp3/RealCall, 1, '[aload 1]'",
    "okhttp-3.4.2, " + CHAIN + ", 1, '[aload 1, iload 5]'",
    "okhttp-3.9.1, " + CHAIN + ", 1, '[aload 1, iload 5]'",
    "okhttp-3.14.9, " + CHAIN + ", 1, '[aload 1, iload 4]'",
    "okhttp-4.12.0, " + CHAIN + ", 1, '[aload 2, iload 3]'",
    "okhttp-jvm-5.5.1, " + CHAIN + ", 3, '[aload 2, iload 3]'",
    "httpclient5-5.2.3, " + PROTOCOL + ", 1, '[aload 3]'",
    "httpclient5-5.6.5, " + PROTOCOL + ", 1, '[aload 3]'",
    "httpclient5-5.2.3, " + ASYNC + ", 1, '[aload 4]'",
    "httpclient5-5.6.5, " + ASYNC + ", 1, '[aload 4]'",
    "httpclient5-5.0.4, " + CLIENT + ", 1, '[aload 0]'",
    "httpclient5-5.6.5, " + CLIENT + ", 1, '[aload 0]'",
    "httpclient5-5.0.4, " + ASYNC_CLIENT + ", 1, '[aload 0]'",
    "httpclient5-5.6.5, " + ASYNC_CLIENT + ", 1, '[aload 0]'",
    "httpclient5-5.0.4, " + MINIMAL_ASYNC + ", 1, '[aload 1]'",
    "httpclient5-5.6.5, " + MINIMAL_ASYNC + ", 1, '[aload 1]'",
    "httpclient5-5.0.4, " + MINIMAL_H2 + ", 1, '[aload 1]'",
    "httpclient5-5.6.5, " + MINIMAL_H2 + ", 1, '[aload 1]'",
  })
  void entryOfEachHookedMethodExchangesTheRightArgument(
      String client, String owner, int methods, String loads) throws Exception {
    byte[] before = read(client, owner);
    Map<String, Calls> hooked = calls(insert(owner, before));
    assertThat(hooked.keySet()).containsExactlyElementsOf(calls(before).keySet());
    List<Calls> argumentCalls = hooked.values().stream().filter(m -> m.calls == 1).toList();
    assertThat(argumentCalls).hasSize(methods);
    assertThat(argumentCalls).allSatisfy(method -> assertThat(method.loads).hasToString(loads));
    assertThat(hooked.values()).filteredOn(method -> method.calls > 1).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"httpclient5-5.0.4", "httpclient5-5.6.5"})
  void hookSeesTheResultBeforeEachReturn(String client) throws Exception {
    List<Calls> before = List.copyOf(calls(read(client, MINIMAL)).values());
    List<Calls> after = List.copyOf(calls(insert(MINIMAL, read(client, MINIMAL))).values());
    assertThat(after).hasSameSizeAs(before).anyMatch(method -> method.calls > 0);
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).calls == 0) continue;
      assertThat(after.get(i).loads).hasToString("[aload 2]");
      assertThat(after.get(i).calls).isEqualTo(1 + before.get(i).ends);
    }
  }

  /** A JDK may be newer than the ASM that is carried, and so may a client compiled for it. */
  @Test
  void versionThatIsNotKnownYetIsKept() throws Exception {
    byte[] future = read("okhttp-4.12.0", CHAIN);
    future[7] = 120;
    byte[] hooked = insert(CHAIN, future);
    assertThat(hooked[7]).isEqualTo((byte) 120);
    hooked[7] = 52;
    assertThat(calls(hooked).values()).anyMatch(method -> method.calls == 1);
  }

  @Test
  void classWithoutTheMethodIsLeftAlone() throws Exception {
    ClassWriter none = new ClassWriter(0);
    none.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, CHAIN, null, "java/lang/Object", null);
    assertThat(HookedClassFile.insert(points(CHAIN), none.toByteArray())).isNull();
  }

  @Test
  void classThatIsOlderThanClassConstantsGetsTheFirstVersionThatHasThem() throws Exception {
    byte[] old = read("okhttp-3.14.9", CHAIN);
    old[7] = 48;
    assertThat(insert(CHAIN, old)[7]).isEqualTo((byte) Opcodes.V1_5);
  }

  private static HookPoint[] points(String owner) {
    return Objects.requireNonNull(TABLE.byOwner(owner));
  }

  /** The table and the config's {@code agent: {clients: …}} must know the same words. */
  @Test
  void eachClientOfTheTableCanBeNamedInTheConfig(@TempDir Path directory) throws Exception {
    Path config = directory.resolve("authgraft.yml");
    String clients = String.join(", ", new TreeSet<>(TABLE.clients()));
    String rule = "rules: [{host: a.example, strategy: none}]";
    Files.writeString(config, "agent: {clients: [" + clients + "]}\n" + rule);
    Authgraft.load(config).close();
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder();
    try {
      for (URL file :
          Collections.list(ClassLoader.getSystemResources("META-INF/authgraft/hooks"))) {
        try (InputStream in = file.openStream()) {
          rows.append(new String(in.readAllBytes(), UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.toString();
  }

  private static byte[] insert(String owner, byte[] classFile) {
    return Objects.requireNonNull(HookedClassFile.insert(points(owner), classFile));
  }

  private static byte[] read(String client, String owner) {
    try (ZipFile zip = new ZipFile("target/clients/" + client + "/" + client + ".jar")) {
      return zip.getInputStream(zip.getEntry(owner + ".class")).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Calls> calls(byte[] classFile) {
    Map<String, Calls> methods = new LinkedHashMap<>();
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] thrown) {
            Calls calls = new Calls();
            methods.put(name + descriptor, calls);
            return calls;
          }
        };
    new ClassReader(classFile).accept(visitor, 0);
    return methods;
  }

  /** Counts the calls of the bridge, and notes what is loaded for the first. */
  private static final class Calls extends MethodVisitor {
    private final List<String> loads = new java.util.ArrayList<>();
    private int calls;
    private int ends;

    Calls() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
      if (calls > 0) return;
      loads.add((opcode == Opcodes.ALOAD ? "aload " : "iload ") + slot);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN || opcode == Opcodes.ATHROW) ends++;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.equals("java/lang/AuthgraftBridge")) calls++;
    }
  }
}
