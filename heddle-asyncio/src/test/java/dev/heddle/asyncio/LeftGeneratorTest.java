package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Async generators that are left early, or that yield faster than their consumer waits. */
@org.junit.jupiter.api.Timeout(60)
class LeftGeneratorTest {
  private final List<String> log = new ArrayList<>();
  private final List<LoopProblem> problems = new ArrayList<>();

  private AsyncGenerator<Integer> numbers() {
    return AsyncGenerator.of(
        y -> {
          try {
            for (int i = 0;; i++) {
              y.yield(i);
            }
          } finally {
            y.await(Asyncio.yieldNow());
            log.add("closed");
          }
        });
  }

  /** Takes one element of a generator that is unreachable afterwards. */
  private Async<Integer> first() {
    return Async.of(
        a -> {
          AsyncGenerator<Integer> numbers = numbers();
          a.await(numbers.hasNext());
          return numbers.next();
        });
  }

  @Test
  void leftEarly_isClosedDuringTheRun() {
    EventLoop.run(
        LoopOptions.defaults().withProblems(problems::add),
        a -> {
          assertThat(a.await(first())).isZero();
          while (log.isEmpty()) {
            System.gc();
            a.await(Asyncio.sleep(Duration.ofMillis(10)));
          }
          return null;
        });
    assertThat(log).containsExactly("closed");
    assertThat(problems).isEmpty();
  }

  @Test
  void leftEarly_inVirtualTime_isClosedAtTheEnd() {
    EventLoop.run(
        LoopOptions.simulated(1).withProblems(problems::add),
        a -> {
          assertThat(a.await(first())).isZero();
          System.gc();
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          assertThat(log).isEmpty();
          return null;
        });
    assertThat(log).containsExactly("closed");
    assertThat(problems).isEmpty();
  }

  @Test
  void yieldingAtOnce_otherTasksRun() {
    EventLoop.run(
        LoopOptions.simulated(1).withProblems(problems::add),
        a -> {
          boolean[] stop = {false};
          Task<Integer> consumer = Asyncio.createTask(
              Async.of(
                  b -> {
                    AsyncGenerator<Integer> numbers = numbers();
                    int count = 0;
                    while (!stop[0] && b.await(numbers.hasNext())) {
                      count += Math.min(1, numbers.next() + 1);
                    }
                    b.await(numbers.close());
                    return count;
                  }));
          a.await(Asyncio.yieldNow());
          stop[0] = true;
          assertThat(a.await(consumer)).isPositive();
          return null;
        });
    assertThat(log).containsExactly("closed");
  }
}
