package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import org.junit.jupiter.api.Test;

/** What becomes of the tasks of a worker that is lost while memory, or something else, is lacking: each future ends. */
@Bounded(seconds = 60)
class LostWorkersTest {
  private final FakePool pool = FakePool.of(1);
  private final FakeWork first = pool.submit();
  private final FakeWork waiting = pool.submit();
  private final FakeChannel worker = pool.ready(pool.latest());

  @Test
  void tasks_whoseWorkerCannotBeReplacedBecauseOfABug_fail() {
    worker.claim();
    pool.throwing = true;
    pool.gone(worker);
    assertThat(FakePool.failure(first)).isInstanceOf(FakeEnd.Crash.class);
    assertThat(FakePool.failure(waiting)).isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("a bug, on purpose");
    pool.shutdown();
  }

  @Test
  void tasks_whoseWorkerCannotBeReplacedThoughAnotherLives_runThere() {
    FakePool two = FakePool.of(2);
    FakeWork lost = two.submit();
    two.submit();
    FakeWork last = two.submit();
    FakeChannel one = two.ready(two.workers.getFirst());
    FakeChannel other = two.ready(two.workers.get(1));
    one.claim();
    two.throwing = true;
    two.gone(one);
    assertThat(FakePool.failure(lost)).isInstanceOf(FakeEnd.Crash.class);
    two.run(other);
    two.run(other);
    assertThat(last.outcome).isCompletedWithValue(1);
    two.shutdown();
  }

  @Test
  void tasks_thatWaitWhenAWorkerIsLostWithoutMemory_runOnItsReplacement() {
    worker.claim();
    worker.asItsEndIsRecorded = () -> {
      throw new OutOfMemoryError("on purpose");
    };
    pool.gone(worker);
    assertThat(FakePool.failure(first)).isInstanceOf(FakeEnd.Crash.class);
    pool.passUntil(() -> pool.workers.size() == 2);
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void shutdown_beforeAWorkerIsLostWithoutMemory_waitsForItsReplacement() throws Exception {
    worker.claim();
    worker.asItsEndIsRecorded = () -> {
      throw new OutOfMemoryError("on purpose");
    };
    pool.dispatcher.shutdown();
    pool.gone(worker);
    assertThat(pool.dispatcher.isTerminated()).as("a task waits").isFalse();
    pool.passUntil(() -> pool.workers.size() == 2);
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }
}
