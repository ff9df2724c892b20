package dev.authgraft.testing;

import dev.authgraft.internal.hook.ArgumentHook;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;

/** Does what the agent does, without its class loaders: hands arguments of a method to a hook. */
public final class HttpClientContractHook {
  private static final Map<String, ArgumentHook> HOOKS = new ConcurrentHashMap<>();

  private HttpClientContractHook() {}

  /** Lets {@code hook} exchange the arguments of {@code methods} from now on. */
  public static void install(
      Instrumentation instrumentation,
      Class<?> type,
      ElementMatcher<? super MethodDescription> methods,
      ArgumentHook hook) {
    if (HOOKS.put(type.getName(), hook) != null) return; // The class is hooked already.
    AsmVisitorWrapper visitor = Advice.to(Entry.class).on(methods);
    new ByteBuddy()
        .with(TypeValidation.DISABLED) // Kotlin's names are not Java's.
        .with(InstrumentedType.Factory.Default.FROZEN)
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
        .decorate(type)
        .visit(visitor)
        .make()
        .load(type.getClassLoader(), ClassReloadingStrategy.of(instrumentation));
  }

  /** Called from the hooked methods. */
  public static Object[] exchange(String type, Object[] arguments) {
    ArgumentHook hook = HOOKS.get(type);
    Object[] exchanged = arguments.clone();
    for (int i = 0; i < arguments.length; i++) {
      exchanged[i] = hook.replace(arguments[i], indexAfter(i, arguments));
    }
    return exchanged;
  }

  private static int indexAfter(int position, Object[] arguments) {
    for (int i = position + 1; i < arguments.length; i++) {
      if (arguments[i] instanceof Integer index) return index;
    }
    return 0;
  }

  /** What the hooked methods begin with. */
  @SuppressWarnings({"UnusedVariable", "UnusedMethod"}) // Read as code, never run as such.
  static final class Entry {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Origin("#t") String type,
        @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object[] arguments) {
      arguments = exchange(type, arguments);
    }
  }
}
