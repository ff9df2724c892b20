import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import okhttp3.Call;
import okhttp3.Interceptor;

/** Builds chains that are no calls, as a test of an interceptor may, of whatever a release takes. */
final class Chains {
  private Chains() {}

  static void build(Call call) throws ReflectiveOperationException {
    Class<?> chain;
    try {
      chain = Class.forName("okhttp3.internal.http.RealInterceptorChain");
    } catch (ClassNotFoundException e) {
      return; // before 3.4
    }
    Interceptor own = c -> c.proceed(c.request());
    List<List<Interceptor>> lists =
        Arrays.asList(
            null,
            Collections.<Interceptor>emptyList(),
            Collections.singletonList(own),
            Arrays.asList(own, null));
    for (List<Interceptor> interceptors : lists) {
      for (Constructor<?> constructor : chain.getConstructors()) build(constructor, interceptors, call);
    }
  }

  private static void build(Constructor<?> constructor, List<Interceptor> interceptors, Call call)
      throws ReflectiveOperationException {
    Class<?>[] types = constructor.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (types[i] == List.class) arguments[i] = interceptors;
      else if (types[i] == int.class) arguments[i] = 0;
      else if (types[i] == boolean.class) arguments[i] = false;
      else if (types[i].isInstance(call)) arguments[i] = call;
      else if (types[i].isInstance(call.request())) arguments[i] = call.request();
    }
    try {
      constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      // OkHttp may want more than this; by then the agent has seen the list.
    }
  }
}
