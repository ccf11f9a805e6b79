package dev.heddle.futures.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LiveObjectsTest {

  /** Names are the test's own: other tests of this JVM may have left executors open. */
  private static List<LiveRow> rowsNamed(String name) {
    return LiveObjects.describe(10_000, TimeUnit.SECONDS.toNanos(10)).rows().stream().filter(row -> row.name.equals(name))
        .toList();
  }

  @Test
  void executor_whileOpen_isDescribedWithItsRunningTask() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(1, PoolOptions.named("described"))) {
      Future<?> task = pool.submit(TaskOptions.named("waits"), () -> {
        begun.countDown();
        end.await();
      });
      Future<?> queued = pool.submit(() -> {});
      begun.await();
      LiveRow executor = rowsNamed("described").getFirst();
      assertThat(executor.type).isEqualTo("threads");
      assertThat(executor.state).isEqualTo("open");
      assertThat(executor.figures()).contains("workers=1", "queued=1", "running=1", "done=0", "limit=1");
      LiveRow running = rowsNamed("waits").getFirst();
      assertThat(running.parent).isEqualTo(executor.id);
      assertThat(running.age).isBetween(0L, System.nanoTime());
      end.countDown();
      task.result();
      queued.result();
      assertThat(rowsNamed("waits")).isEmpty();
    }
    assertThat(rowsNamed("described")).isEmpty();
  }

  @Test
  void virtualTask_running_hasItsAge() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Executor pool = ThreadPool.virtual()) {
      Future<?> task = pool.submit(TaskOptions.named("virtual waits"), () -> {
        begun.countDown();
        end.await();
      });
      begun.await();
      LiveRow running = rowsNamed("virtual waits").getFirst();
      assertThat(running.age).isBetween(0L, TimeUnit.MINUTES.toNanos(1));
      end.countDown();
      task.result();
    }
  }

  @Test
  void object_thatThrows_doesNotHideOthers() {
    LiveObject failing = (rows, id) -> {
      throw new IllegalStateException("broken");
    };
    LiveObject sound = (rows, id) -> rows.add("loop", id, "", "sound");
    try (LiveObjects.Registration first = LiveObjects.add(failing);
        LiveObjects.Registration second = LiveObjects.add(sound)) {
      assertThat(rowsNamed("sound")).hasSize(1);
      assertThat(LiveObjects.describe(10_000, 0).rows()).anySatisfy(row -> assertThat(row.text).contains("broken"));
      assertThat(first).isNotSameAs(second);
    }
    assertThat(rowsNamed("sound")).isEmpty();
  }

  @Test
  void rows_beyondTheLimit_areCounted() {
    LiveObject many = (rows, id) -> {
      for (int i = 0; i < 5; i++) {
        rows.add("task", id + "/" + i, id, "one of many");
      }
    };
    try (LiveObjects.Registration _ = LiveObjects.add(many)) {
      LiveRows rows = LiveObjects.describe(2, 0);
      assertThat(rows.rows()).hasSize(2);
      assertThat(rows.omitted()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void object_thatIsUnreachable_isForgotten() {
    WeakReference<LiveObject> reference = registered();
    while (reference.get() != null) { // bounded by the timeout of the class
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(rowsNamed("to be forgotten")).isEmpty();
  }

  private static WeakReference<LiveObject> registered() {
    LiveObject object = new LiveObject() {
      @Override
      public void describe(LiveRows rows, String id) {
        rows.add("loop", id, "", "to be forgotten");
      }
    };
    LiveObjects.Registration _ = LiveObjects.add(object);
    return new WeakReference<>(object);
  }

  @Test
  void look_atAnObjectThatHangs_isGivenUpAndLaterPossibleAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    LiveObject hanging = new LiveObject() {
      @Override
      public void describe(LiveRows rows, String id) {
        asked.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        rows.add("loop", id, "", "hung");
      }
    };
    LiveLook look = new LiveLook();
    try (LiveObjects.Registration _ = LiveObjects.add(hanging)) {
      assertThat(look.take()).isNull();
      asked.await();
      release.countDown();
      LiveRows rows = look.take();
      while (rows == null) { // the first look has not ended yet
        rows = look.take();
      }
      assertThat(rows.rows()).anySatisfy(row -> assertThat(row.name).isEqualTo("hung"));
    }
  }
}
