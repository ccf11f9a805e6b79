package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code PoolOptions.context} where tasks run on threads of this JVM. */
public interface LocalContextContract extends ExecutorContract {
  /** A scoped value of the tests. */
  ScopedValue<String> USER = ScopedValue.newInstance();

  /** Another one. */
  ScopedValue<Integer> LEVEL = ScopedValue.newInstance();

  @Test
  default void scopedValue_isCarriedToTheTask() {
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withContext(ContextCarrier.scoped(USER, LEVEL)))) {
      Future<String> ada = ScopedValue.where(USER, "ada").where(LEVEL, 3)
          .call(() -> pool.submit(() -> USER.get() + LEVEL.get()));
      assertThat(ada.result()).isEqualTo("ada3");
      Future<String> bob = ScopedValue.where(USER, "bob").call(() -> pool.submit(() -> USER.get() + LEVEL.isBound()));
      assertThat(bob.result()).isEqualTo("bobfalse");
      assertThat(pool.submit(USER::isBound).result()).as("left behind on the thread").isFalse();
    }
  }

  @Test
  default void scopedValue_isCarriedToMaps() {
    try (Executor pool = newExecutor(2, PoolOptions.defaults().withContext(ContextCarrier.scoped(USER)))) {
      List<String> greeted = ScopedValue.where(USER, "ada")
          .call(() -> pool.map(n -> USER.get() + n, List.of(1, 2, 3)).toList());
      assertThat(greeted).containsExactly("ada1", "ada2", "ada3");
    }
  }

  @Test
  default void scopedValue_isCarriedToEachAttempt() {
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withContext(ContextCarrier.scoped(USER)))) {
      Tally attempts = newTally();
      TaskOptions again = TaskOptions.defaults().withRetry(Retry.times(2).withDelay(Duration.ZERO));
      Future<String> future = ScopedValue.where(USER, "ada")
          .call(
              () -> pool.submit(
                  again,
                  () -> {
                    if (attempts.hit() == 1) {
                      throw new IOException(USER.get());
                    }
                    return USER.get();
                  }));
      assertThat(future.result()).isEqualTo("ada");
    }
  }

  @Test
  default void scopedValue_notCarried_isNotBound() {
    try (Executor pool = newExecutor(1)) {
      assertThat(ScopedValue.where(USER, "ada").call(() -> pool.submit(USER::isBound)).result()).isFalse();
    }
  }

  @Test
  default void threadLocal_isCarriedAndTheThreadsOwnIsRestored() {
    ThreadLocal<@Nullable String> tenant = new ThreadLocal<>();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withContext(ContextCarrier.threadLocal(tenant)))) {
      tenant.set("acme");
      Future<String> seen = pool.submit(
          () -> {
            String was = String.valueOf(tenant.get());
            tenant.set("overwritten by the task");
            return was;
          });
      assertThat(seen.result()).isEqualTo("acme");
      assertThat(tenant.get()).isEqualTo("acme");
      tenant.remove();
      assertThat(pool.submit(() -> String.valueOf(tenant.get())).result()).isEqualTo("null");
    }
  }

  @Test
  default void severalCarriers_areAllCarriedTheFirstOutermost() {
    Queue<String> order = new ConcurrentLinkedQueue<>();
    PoolOptions options = PoolOptions.defaults()
        .withContext(noting("a", order))
        .withContext(noting("b", order))
        .withContext(noting("c", order));
    try (Executor pool = newExecutor(1, options)) {
      pool.submit(() -> { order.add("task"); }).result();
      assertThat(order).containsExactly("a", "b", "c", "task");
    }
  }

  @Test
  default void carrierThatThrows_inAMap_endsItAtItsPlace() {
    Tally captured = newTally();
    ContextCarrier failing = () -> {
      if (captured.hit() == 3) {
        throw new IllegalStateException("nothing to capture");
      }
      return new ContextCarrier.Captured() {
        @Override
        public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
          return task.call();
        }
      };
    };
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withContext(failing))) {
      CountedSource source = CountedSource.endless();
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(4), n -> n, source);
      assertThat(results.next()).isEqualTo(0);
      assertThat(results.next()).isEqualTo(1);
      assertThatThrownBy(results::next).isInstanceOf(IllegalStateException.class).hasMessage("nothing to capture");
      assertThat(results.hasNext()).isFalse();
      assertThat(source.closed()).isTrue();
    }
  }

  @Test
  default void context_isCapturedOnceByTheSubmitter() {
    Thread submitter = Thread.currentThread();
    Tally captured = Tally.local();
    ContextCarrier counting = () -> {
      assertThat(Thread.currentThread()).isSameAs(submitter);
      captured.hit();
      return noting("", new ConcurrentLinkedQueue<>()).capture();
    };
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withContext(counting))) {
      Tally attempts = newTally();
      pool.submit(
          TaskOptions.defaults().withRetry(Retry.times(3).withDelay(Duration.ZERO)),
          () -> {
            if (attempts.hit() < 3) {
              throw new IOException("again");
            }
            return 1;
          })
          .result();
      assertThat(captured.count()).isEqualTo(1);
    }
  }

  private static ContextCarrier noting(String name, Queue<String> order) {
    return () -> new ContextCarrier.Captured() {
      @Override
      public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        order.add(name);
        return task.call();
      }
    };
  }
}
