package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.fuzz.FuzzCompiler;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is kept alive that a body cannot reach any more. */
@Timeout(60)
@SuppressWarnings("NullAway") // a Void result is null
class GeneratorLeakTest {
  private static final int COLLECTIONS = 200;

  private static final class Big {
    private final byte[] bytes = new byte[100_000];

    int size() {
      return bytes.length;
    }
  }

  private static void assertCollected(WeakReference<?> reference) throws InterruptedException {
    for (int i = 0; i < COLLECTIONS && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(5); // gives the collector its turn; nothing depends on the time
    }
    assertThat(reference.get()).isNull();
  }

  @Test
  void deadLocal_ofASuspendedBody_isCollected() throws InterruptedException {
    List<WeakReference<Big>> seen = new ArrayList<>();
    Generator<Integer> g = Generator.of(
        y -> {
          Big big = new Big();
          seen.add(new WeakReference<>(big));
          y.yield(1);
          y.yield(big.size());
          y.yield(3);
        });
    g.next();
    assertThat(seen.getFirst().get()).isNotNull();
    g.next();
    assertCollected(seen.getFirst());
    assertThat(g.next()).isEqualTo(3);
  }

  @Test
  void deadStackValue_ofASuspendedBody_isCollected() throws InterruptedException {
    List<WeakReference<Big>> seen = new ArrayList<>();
    Coroutine<Integer, Integer, Void> c = Coroutine.of(
        y -> {
          int sum = made(seen).size() + y.yield(1);
          take(made(seen), y.yield(2));
          y.yield(sum);
          return null;
        });
    c.next();
    c.send(1);
    assertThat(seen.get(1).get()).isNotNull();
    c.send(2);
    assertCollected(seen.get(0));
    assertCollected(seen.get(1));
    assertThat(c.state()).isEqualTo(GeneratorState.SUSPENDED);
  }

  private static Big made(List<WeakReference<Big>> seen) {
    Big big = new Big();
    seen.add(new WeakReference<>(big));
    return big;
  }

  private static void take(Big big, int n) {
    assertThat(big.size()).isGreaterThan(n);
  }

  private static Generator<Integer> holding(Big captured) {
    return Generator.of(
        y -> {
          y.yield(captured.size());
          y.yield(2);
          y.yield(captured.size());
        });
  }

  @Test
  void captured_ofAnEndedGenerator_isCollected() throws InterruptedException {
    Big big = new Big();
    WeakReference<Big> reference = new WeakReference<>(big);
    List<Generator<Integer>> all = List.of(holding(big), holding(big), holding(big));
    big = null;
    all.get(0).toList();
    all.get(1).close();
    all.get(2).next();
    all.get(2).close();
    try {
      assertCollected(reference);
    } finally {
      Reference.reachabilityFence(all);
    }
  }

  @Test
  void abandonedGenerator_isCollected() throws InterruptedException {
    assertAbandonedIsCollected(() -> holding(new Big()));
  }

  private static Coroutine<Integer, Void, Void> onThread(Big captured) {
    return BodyKind.COROUTINE.startThread(
        (CoroutineBody<Integer, Void, Void>) y -> {
          y.yield(captured.size());
          y.yield(captured.size());
          return null;
        });
  }

  @Test
  void abandonedGeneratorOnItsThread_isCollected() throws InterruptedException {
    assertAbandonedIsCollected(() -> onThread(new Big()));
  }

  private static void assertAbandonedIsCollected(Supplier<Generator<Integer>> start) throws InterruptedException {
    List<WeakReference<Generator<Integer>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Generator<Integer> g = start.get();
      g.next();
      all.add(new WeakReference<>(g));
    }
    for (WeakReference<Generator<Integer>> each : all) {
      assertCollected(each);
    }
  }

  @Test
  void classes_ofAnUnloadedLoader_areCollected() throws Exception {
    assertCollected(usedLoader());
  }

  private static WeakReference<ClassLoader> usedLoader() throws Exception {
    Class<?> type = FuzzCompiler.compile(
        "elsewhere.Numbers",
        """
            package elsewhere;
            import dev.heddle.iter.*;
            public final class Numbers implements java.util.function.Supplier<Generator<Integer>> {
              private int hidden = 3;
              public Generator<Integer> get() {
                return Generator.of(y -> { for (int i = 0; i < 3; i++) y.yield(i + hidden); y.yieldFrom(Generator.of(this::more)); });
              }
              public void more(Yielder<Integer> y) { y.yield(hidden++); }
            }
            """);
    Supplier<?> numbers = (Supplier<?>) type.getDeclaredConstructor().newInstance();
    Generator<?> g = (Generator<?>) numbers.get();
    assertThat(g.getClass().getClassLoader()).isSameAs(type.getClassLoader());
    assertThat(g.toList().toString()).isEqualTo("[3, 4, 5, 3]");
    return new WeakReference<>(type.getClassLoader());
  }
}
