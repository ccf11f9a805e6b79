package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.spi.NonBlocking;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a thread that must not block is refused. */
@Timeout(60)
class NonBlockingTest {

  @BeforeEach
  void mark() {
    NonBlocking.enter("await it");
  }

  @AfterEach
  void unmark() {
    NonBlocking.leave(null);
  }

  @Test
  void leave_innerMark_outerOneStandsAgain() {
    String outer = NonBlocking.enter("inner");
    assertThat(NonBlocking.isMarked()).isTrue();
    assertThatThrownBy(() -> NonBlocking.check("it")).hasMessageContaining("inner");
    NonBlocking.leave(outer);
    assertThatThrownBy(() -> NonBlocking.check("it")).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it would block").hasMessageEndingWith("await it");
    NonBlocking.leave(null);
    assertThatCode(() -> NonBlocking.check("it")).doesNotThrowAnyException();
    assertThat(NonBlocking.isMarked()).isFalse();
  }

  @Test
  void close_tasksAreLeft_isRefusedButClosesAllTheSame() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Executor pool = ThreadPool.of(1);
    Future<String> task = pool.submit(() -> {
      go.await();
      return "done";
    });
    assertThatThrownBy(pool::close).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(pool.name()).hasMessageEndingWith("await it");
    assertThat(pool.isShutdown()).isTrue();
    assertThatThrownBy(() -> pool.awaitTermination(1, TimeUnit.DAYS)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pool.shutdown(true, false)).isInstanceOf(IllegalStateException.class);
    assertThat(pool.awaitTermination(0, TimeUnit.DAYS)).isFalse();
    go.countDown();
    NonBlocking.leave(null);
    assertThat(task.result(Duration.ofSeconds(30))).isEqualTo("done");
    pool.close();
  }

  @Test
  void close_allTasksHaveEnded_waitsForTheWorkers() throws Exception {
    Executor pool = ThreadPool.of(2);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch observed = new CountDownLatch(1);
    Future<String> task = pool.submit(() -> {
      observed.await();
      return "done";
    });
    task.addDoneCallback(_ -> ended.countDown()); // runs on the worker, when the pool has counted the task out
    observed.countDown();
    ended.await();
    pool.close();
    assertThat(pool.isTerminated()).isTrue();
  }
}
