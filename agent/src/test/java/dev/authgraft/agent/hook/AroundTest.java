package dev.authgraft.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods whose hook decides whether they run, verified by the JVM and run. */
class AroundTest {
  private static final String SAMPLE = Sample.class.getName().replace('.', '/');
  private static final String BRIDGE = Bridge.class.getName().replace('.', '/');
  private static final HookTable TABLE =
      HookTable.of(
          "client okhttp\n"
              + row("text", "(JLjava/lang/String;I[Ljava/lang/String;)Ljava/lang/String;")
              + row("number", "(Ljava/lang/String;)I")
              + row("is", "(Ljava/lang/String;)Z")
              + row("nothing", "(Ljava/util/List;)V"));

  private Object sample;

  private static String row(String method, String descriptor) {
    return "hook " + SAMPLE + " " + method + " around +end " + descriptor + " a.Hook\n";
  }

  /** What is hooked. */
  public static final class Sample {
    /** Begins with a loop, whose frame is the first of the method. */
    public String text(long first, String name, int times, String[] more) {
      while (times < 2) {
        times++;
        long scale = first * times;
        if (scale > 100) break;
      }
      try {
        return name + first + times + more.length;
      } catch (NullPointerException e) {
        return "none";
      }
    }

    public int number(String text) {
      return Integer.parseInt(text);
    }

    public boolean is(String text) {
      return text.isEmpty();
    }

    public void nothing(List<String> list) {
      list.add("ran");
    }
  }

  /** Stands in for the bridge, which a test cannot define. */
  public static final class Bridge {
    static Function<Object[], Object> entering = arguments -> arguments;
    static final List<String> ENDS = new ArrayList<>();

    private Bridge() {}

    public static Object enter(Class<?> hooked, Object[] arguments, int point) {
      assertThat(arguments[0]).isInstanceOf(hooked);
      return entering.apply(arguments);
    }

    public static Object end(Class<?> hooked, Object argument, Object result, int point) {
      assertThat(argument).isInstanceOf(hooked);
      ENDS.add(point + " " + result);
      return result instanceof String ? result + "!" : result;
    }
  }

  @BeforeEach
  void hook() throws Exception {
    Bridge.ENDS.clear();
    Bridge.entering = arguments -> arguments;
    byte[] classFile;
    try (InputStream in = ClassLoader.getSystemResourceAsStream(SAMPLE + ".class")) {
      classFile = Objects.requireNonNull(in).readAllBytes();
    }
    byte[] hooked =
        HookedClassFile.insert(Objects.requireNonNull(TABLE.byOwner(SAMPLE)), classFile);
    ClassWriter renamed = new ClassWriter(0);
    SimpleRemapper names = new SimpleRemapper("java/lang/AuthgraftBridge", BRIDGE);
    new ClassReader(Objects.requireNonNull(hooked)).accept(new ClassRemapper(renamed, names), 0);
    sample = new Loader().define(renamed.toByteArray()).getConstructor().newInstance();
  }

  /** Keeps a class of its own of the sample. */
  private static final class Loader extends ClassLoader {
    Class<?> define(byte[] classFile) {
      return defineClass(Sample.class.getName(), classFile, 0, classFile.length);
    }
  }

  private Object call(String method, Object... arguments) throws Throwable {
    for (Method each : sample.getClass().getMethods()) {
      if (!each.getName().equals(method)) continue;
      try {
        return each.invoke(sample, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
    throw new NoSuchMethodException(method);
  }

  @Test
  void methodsRunWithWhatTheHookLeavesInTheArguments() throws Throwable {
    assertThat(call("text", 7L, "a", 0, new String[1])).isEqualTo("a721!");
    Bridge.entering =
        arguments -> {
          arguments[1] = "b";
          arguments[2] = new String[3];
          return arguments;
        };
    assertThat(call("text", 7L, "a", 0, new String[1])).isEqualTo("b723!");
    Bridge.entering =
        arguments -> {
          arguments[1] = "12";
          return arguments;
        };
    assertThat(call("number", "1")).isEqualTo(12);
    assertThat(Bridge.ENDS).containsExactly("0 a721", "0 b723");
  }

  @Test
  void hookAnswersInPlaceOfTheMethod() throws Throwable {
    List<String> ran = new ArrayList<>();
    for (Object answer : Arrays.asList("answer", null)) {
      Bridge.entering = arguments -> answer;
      assertThat(call("text", 7L, "a", 0, new String[1])).isEqualTo(answer);
      call("nothing", ran);
    }
    Bridge.entering = arguments -> 3L;
    assertThat(call("number", "1")).isEqualTo(3);
    Bridge.entering = arguments -> true;
    assertThat(call("is", "1")).isEqualTo(true);
    assertThat(ran).isEmpty();
    assertThat(Bridge.ENDS).isEmpty();
  }

  @Test
  void hookThrowsInPlaceOfTheMethod() {
    IOException thrown = new IOException("no login");
    Bridge.entering = arguments -> thrown;
    for (String method : List.of("number", "is")) {
      assertThatThrownBy(() -> call(method, "1")).isSameAs(thrown);
    }
  }

  @Test
  void hookIsToldTheEndOfAMethod() throws Throwable {
    List<String> ran = new ArrayList<>();
    call("nothing", ran);
    assertThat(ran).containsExactly("ran");
    assertThat(Bridge.ENDS).containsExactly("3 null");
  }

  @Test
  void malformedRowIsReported() {
    assertThatThrownBy(() -> HookTable.of(row("text", "()V")))
        .cause()
        .hasMessage("a hook before the first client");
    for (String row : List.of("hook a/B c sideways d e", "hook a/B", "unserved LOUD a/B b", "x")) {
      assertThatThrownBy(() -> HookTable.of("client okhttp\n" + row))
          .hasMessage("row 2 of the hook table: " + row);
    }
  }
}
