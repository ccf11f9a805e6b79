package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.fuzz.FuzzCompiler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Bodies on the fallback engine that are pulled in a static initializer: those that wait for its class, and those that only take long.
 * The tests wait most of their time, so that they run beside the others.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class StaticInitializerTest {
  private static final String SOURCE = """
      import dev.heddle.iter.*;
      import java.lang.foreign.*;
      import java.lang.invoke.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;

      public class Initializers {
        static final List<String> LOG = new CopyOnWriteArrayList<>();
        public static final CountDownLatch ENDED = new CountDownLatch(1);
        static final MethodHandle SLEEP = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().find("sleep").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        static Generator<Integer> sleeping() {
          return Generator.of(y -> {
            IntConsumer c = y::yield;
            c.accept(1);
            c.accept(2 + nap());
          });
        }

        static int nap() {
          try {
            return (int) SLEEP.invokeExact(8);
          } catch (Throwable t) {
            throw new IllegalStateException(t);
          }
        }

        static class Slow {
          static int sum;
          static { for (int i : sleeping()) sum += i; }
        }

        static class Kept {
          static final Generator<Integer> G = sleeping();
          static { G.next(); }
        }

        public static int slow() { return Slow.sum; }

        public static int kept() { return Kept.G.next(); }

        static final Generator<Integer> EARLY = Generator.of(y -> {
          IntConsumer c = y::yield;
          try {
            c.accept(1);
            c.accept(Table.base);
            LOG.add("went on");
          } finally {
            LOG.add("finally");
            try {
              c.accept(3);
            } finally {
              ENDED.countDown();
            }
          }
        });

        static class Table {
          static int base = 5;
          static String refusal;
          static {
            try {
              EARLY.next();
            } catch (GeneratorException.WrongState e) {
              refusal = e.getMessage();
            }
          }
        }

        public static String early() {
          EARLY.next();
          return Table.refusal;
        }

        public static List<String> log() {
          return List.of(LOG.toString(), EARLY.state().toString());
        }
      }
      """;

  private static Object call(Class<?> type, String method) {
    try {
      return type.getMethod(method).invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static CompletableFuture<Object> onThread(Supplier<Object> supplier) {
    CompletableFuture<Object> future = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> {
      try {
        future.complete(supplier.get());
      } catch (Throwable t) {
        future.completeExceptionally(t);
      }
    });
    return future;
  }

  @Test
  void bodyInALongNativeCall_isWaitedFor() throws Exception {
    Class<?> type = FuzzCompiler.compile("Initializers", SOURCE);
    CompletableFuture<Object> slow = onThread(() -> call(type, "slow"));
    CompletableFuture<Object> kept = onThread(() -> call(type, "kept"));
    assertThat(slow.get(40, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(kept.get(40, TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void bodyBegunBefore_thatNeedsTheClass_isAnErrorAndEndsAtItsNextYield() throws Exception {
    Class<?> type = FuzzCompiler.compile("Initializers", SOURCE);
    String refusal = (String) onThread(() -> call(type, "early")).get(40, TimeUnit.SECONDS);
    assertThat(refusal)
        .contains("static initializer (of Initializers$Table)")
        .contains("Initializers.java:" + (1 + SOURCE.lines().toList().indexOf("      c.accept(Table.base);")));
    CountDownLatch ended = (CountDownLatch) type.getField("ENDED").get(null);
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(call(type, "log")).isEqualTo(List.of("[finally]", "CLOSED"));
  }

  /** What a driver's interrupt was handed to the body for comes back when the body is given up. */
  @Test
  void interruptOfADriverThatGivesItsBodyUp_isKept() throws Exception {
    Class<?> type = FuzzCompiler.compile("Initializers", SOURCE);
    CompletableFuture<Object> interrupted = onThread(() -> {
      Thread.currentThread().interrupt();
      return call(type, "early") + " " + Thread.interrupted();
    });
    assertThat((String) interrupted.get(40, TimeUnit.SECONDS)).startsWith("this body does not go on").endsWith(" true");
  }
}
