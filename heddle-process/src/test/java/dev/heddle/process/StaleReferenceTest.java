package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a pool in use keeps nothing alive in the parent that its users have let go. */
@Bounded(seconds = 120)
class StaleReferenceTest {

  /** Something that a task captures or returns. */
  private record Load(List<Integer> content) implements Serializable {
    Load() {
      this(new ArrayList<>(List.of(1, 2, 3)));
    }
  }

  @Test
  void capture_ofAnEndedTask_isLetGoWhileItsFutureIsKept() throws Exception {
    try (CrossProcessLatches latches = CrossProcessLatches.open();
        Gate never = latches.newGate();
        ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withOutput(OutputListener.dropping()))) {
      List<WeakReference<Load>> captured = new ArrayList<>();
      List<Future<?>> kept = new ArrayList<>();
      for (boolean fails : new boolean[]{false, true}) {
        kept.add(submitWithCapture(pool, captured, fails));
        kept.getLast().exception();
      }
      Future<?> blocked = pool.submit(() -> { never.await(); return null; });
      Future<?> cancelled = submitWithCapture(pool, captured, false);
      kept.add(cancelled);
      assertThat(cancelled.cancel(true)).isTrue();
      for (int i = 0; i < captured.size(); i++) {
        collected("what task " + i + " had captured", captured.get(i));
      }
      assertThat(kept).allMatch(Future::isDone);
      blocked.cancel(true);
    }
  }

  private static Future<?> submitWithCapture(ProcessExecutor pool, List<WeakReference<Load>> captured, boolean fails) {
    Load load = new Load();
    captured.add(new WeakReference<>(load));
    return pool.submit(
        () -> {
          if (fails) {
            throw new IllegalStateException("bad");
          }
          return load.content().size();
        });
  }

  @Test
  void result_orFailure_isLetGoWithItsFuture() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      collected("the result", resultOfOne(pool));
      collected("the failure", failureOfOne(pool));
      assertThat(pool.isShutdown()).isFalse();
    }
  }

  private static WeakReference<?> resultOfOne(ProcessExecutor pool) {
    return new WeakReference<>(pool.submit(() -> new Load()).result());
  }

  private static WeakReference<?> failureOfOne(ProcessExecutor pool) {
    return new WeakReference<>(pool.submit(() -> { throw new IllegalStateException("bad"); }).exception());
  }

  private static void collected(String what, WeakReference<?> reference) {
    try {
      Eventually.holds(
          () -> {
            System.gc();
            return reference.refersTo(null);
          });
    } catch (AssertionError e) {
      throw new AssertionError(what + " is not let go", e);
    }
  }
}
