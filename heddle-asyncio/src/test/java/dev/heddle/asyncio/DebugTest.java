package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Debug mode. */
class DebugTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  @Test
  void slowCallback_isReportedWithItsStack() {
    CountDownLatch reported = new CountDownLatch(1);
    EventLoop.run(
        LoopOptions.defaults()
            .withDebug(true)
            .withSlowCallback(Duration.ofMillis(20))
            .withProblems(
                problem -> {
                  if (problem.kind() == LoopProblem.Kind.SLOW_CALLBACK && problem.message().contains("'slow'")) {
                    problems.add(problem);
                    reported.countDown();
                  }
                }),
        async(
            a -> {
              a.await(Asyncio.createTask("slow", async(_ -> blocks(reported))));
              return null;
            }));
    assertThat(problems).isNotEmpty();
    LoopProblem problem = problems.getFirst();
    assertThat(problem.message()).contains("task 'slow'", "20 ms", "toThread");
    assertThat(Objects.requireNonNull(problem.error()).getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(DebugTest.class.getName()));
  }

  private static boolean blocks(CountDownLatch reported) throws InterruptedException {
    reported.await();
    return true;
  }

  @Test
  void neverAwaited_isReportedWithItsPlace() {
    EventLoop.run(
        LoopOptions.defaults().withDebug(true).withSlowCallback(Duration.ofMinutes(1)).withProblems(problems::add),
        async(
            a -> {
              Async<String> forgotten = later(1, "forgotten");
              assertThat(forgotten.isTaken()).isFalse();
              Async<String> closed = later(1, "closed");
              assertThat(closed.toString()).contains("not started", "made at dev.heddle.asyncio.DebugTest.async");
              closed.close();
              return a.await(Asyncio.timeout(Duration.ofSeconds(9), later(0, "awaited")));
            }));
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().kind()).isEqualTo(LoopProblem.Kind.NEVER_AWAITED);
    assertThat(problems.getFirst().message()).contains("DebugTest.java", "never awaited");
  }

  @Test
  void off_reportsNothing() {
    EventLoop.run(
        options(),
        async(
            a -> {
              Async<String> forgotten = later(1, "forgotten");
              assertThat(forgotten.isTaken()).isFalse();
              return null;
            }));
    assertThat(problems).isEmpty();
  }
}
