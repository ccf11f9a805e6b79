package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which lambdas and method references {@code submit} accepts: that this class compiles is most of the test. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VoidTaskTest {
  private final AtomicInteger calls = new AtomicInteger();

  private void throwing() throws IOException {
    calls.incrementAndGet();
    throw new IOException("void");
  }

  private void plain() {
    calls.incrementAndGet();
  }

  private int value() throws IOException {
    return calls.incrementAndGet();
  }

  private static void call(Runnable runnable) {
    runnable.run();
  }

  /** {@code Thread.sleep} is the call of such lambdas that users write most; it throws a checked exception. */
  @Test
  void submit_voidLambdasThatThrow_compileAndRun() {
    try (Executor pool = ThreadPool.of(1)) {
      Future<@Nullable Void> expression = pool.submit(() -> Thread.sleep(1));
      Future<@Nullable Void> block = pool.submit(() -> {
        Thread.sleep(1);
      });
      Future<@Nullable Void> named = pool.submit(TaskOptions.named("named"), () -> {
        Thread.sleep(1);
        throwing();
      });
      assertThat(expression.result()).isNull();
      assertThat(block.result()).isNull();
      assertThat(named.exception()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void submit_otherShapes_chooseTheirOverload() throws Exception {
    try (Executor pool = ThreadPool.of(1)) {
      Future<Integer> lambda = pool.submit(() -> value());
      Future<Integer> reference = pool.submit(this::value);
      Future<@Nullable Void> voidReference = pool.submit(this::throwing);
      Future<@Nullable Void> plainReference = pool.submit(this::plain);
      Runnable runnable = this::plain;
      Future<?> ofRunnable = pool.submit(runnable);
      Callable<Integer> callable = this::value;
      Future<Integer> ofCallable = pool.submit(callable);
      assertThat(lambda.result()).isEqualTo(1);
      assertThat(reference.result()).isEqualTo(2);
      assertThat(voidReference.exception()).isInstanceOf(IOException.class);
      assertThat(plainReference.result()).isNull();
      assertThat(ofRunnable.result()).isNull();
      assertThat(ofCallable.result()).isEqualTo(6);
      assertThat(pool.<Integer>submit(() -> {
        throw new IOException("no result");
      }).exception(Duration.ofSeconds(30))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void run_ofATaskThatThrows_wrapsCheckedExceptionsOnly() {
    TaskRunnable checked = this::throwing;
    assertThatThrownBy(() -> call(checked)).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(IOException.class);
    TaskRunnable unchecked = () -> {
      throw new IllegalArgumentException("as it is");
    };
    assertThatThrownBy(() -> call(unchecked)).isInstanceOf(IllegalArgumentException.class).hasNoCause();
  }

  @Test
  void initializer_thatThrowsAChecked_breaksThePoolWithIt() {
    PoolOptions options = PoolOptions.defaults().withInitializer(this::throwing);
    try (Executor pool = ThreadPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).exception())
          .isInstanceOf(BrokenExecutorException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }
}
