package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A forwarding executor reaches the other executor with every abstract method and every one that has an effect. */
class ForwardingExecutorTest {

  private static final class Wrapper extends ForwardingExecutor {
    Wrapper(Executor delegate) {
      super(delegate);
    }
  }

  @Test
  void everyAbstractMethod_reachesTheDelegate() throws ReflectiveOperationException {
    List<Method> called = new ArrayList<>();
    Executor recorder = (Executor) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[]{Executor.class},
        (proxy, method, arguments) -> {
          called.add(method);
          return method.getReturnType().isPrimitive() ? zero(method.getReturnType()) : null;
        });
    Executor wrapper = new Wrapper(recorder);
    for (Method method : abstractMethods()) {
      called.clear();
      method.invoke(wrapper, Stream.of(method.getParameterTypes()).map(ForwardingExecutorTest::zero).toArray());
      assertThat(called).singleElement().satisfies(
          reached -> {
            assertThat(reached.getName()).isEqualTo(method.getName());
            assertThat(reached.getParameterTypes()).isEqualTo(method.getParameterTypes());
          });
    }
  }

  @Test
  void toString_isTheDelegates() {
    try (Executor pool = ThreadPool.of(1); Executor wrapper = new Wrapper(pool)) {
      assertThat(wrapper).hasToString(pool.toString());
    }
  }

  private static List<Method> abstractMethods() {
    List<Method> methods = Arrays.stream(Executor.class.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .filter(method -> !method.isBridge())
        .toList();
    assertThat(methods).hasSizeGreaterThan(15);
    return methods;
  }

  private static @Nullable Object zero(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == int.class ? 0 : null;
  }
}
