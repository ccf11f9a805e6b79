package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Outcome;
import dev.heddle.asyncio.Task;
import dev.heddle.iter.Iter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits for a process are refused on the thread of an event loop, for they would delay every task. */
@Timeout(60)
class SubprocessOnALoopTest {

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("use await(");
  }

  @Test
  void waits_areRefused_andNothingElseIs() {
    EventLoop.run(a -> {
      assertRefused(() -> Subprocess.run("true"));
      assertRefused(() -> Subprocess.pipeline(Subprocess.command("true"), Subprocess.command("true")).run());
      try (RunningProcess cat = Subprocess.command("cat").withStdin(Input.pipe()).start();
          Iter<String> lines = cat.lines()) {
        assertRefused(cat::result);
        assertRefused(() -> cat.waitFor(Duration.ofHours(1)));
        assertThat(cat.waitFor(Duration.ZERO)).isFalse();
        assertRefused(() -> cat.stdout().read());
        assertRefused(lines::hasNext);
        cat.stdin().close();
        CompletedProcess ended = a.await(cat.future());
        assertThat(ended.exitCode()).isZero();
        assertThat(cat.result()).isSameAs(ended);
        assertThat(cat.waitFor(Duration.ofHours(1))).isTrue();
        assertThat(cat.stdout().read()).isEqualTo(-1);
      }
      return null;
    });
  }

  @Test
  void future_isAwaited_whileOtherTasksGoOn() {
    List<String> order = new ArrayList<>();
    CompletedProcess ended = EventLoop.run(a -> {
      try (RunningProcess cat = Subprocess.command("cat").withStdin(Input.pipe()).start()) {
        Task<CompletedProcess> process = Asyncio.createTask(Async.of(b -> b.await(cat.future())));
        for (int i = 0; i < 3; i++) {
          order.add("turn " + i);
          a.await(Asyncio.yieldNow());
        }
        assertThat(process.isDone()).isFalse();
        cat.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
        cat.stdin().close();
        return a.await(process);
      }
    });
    assertThat(order).containsExactly("turn 0", "turn 1", "turn 2");
    assertThat(ended.lines()).containsExactly("hello");
  }

  @Test
  void future_ofACommandWithCheck_failsTheAwait() {
    EventLoop.run(a -> {
      try (RunningProcess failing = Subprocess.command("sh", "-c", "echo why >&2; exit 3").withCheck().start()) {
        assertThat(
            a.await(Asyncio.gatherOutcomes(List.of(Asyncio.<Object>createTask(Async.of(b -> b.await(failing.future())))))))
            .first().isInstanceOfSatisfying(Outcome.Failure.class,
                outcome -> assertThat(outcome.error()).isInstanceOf(ProcessFailedException.class).hasMessageContaining("3"));
      }
      return null;
    });
  }

  @Test
  void cancelOfTheAwait_endsTheProcess() {
    EventLoop.run(a -> {
      try (RunningProcess sleeping = Subprocess.start("sleep", "1000")) {
        Task<CompletedProcess> process = Asyncio.createTask(Async.of(b -> b.await(sleeping.future())));
        a.await(Asyncio.yieldNow());
        process.cancel();
        a.await(Asyncio.wait(List.of(process)));
        assertThat(process.isCancelled()).isTrue();
        a.await(Asyncio.toThread(() -> {
          while (sleeping.poll().isEmpty()) { // ended by the cancellation only
            Thread.sleep(1); // to wait for its end would not show that it was killed; @Timeout bounds it
          }
          return null;
        }));
      }
      return null;
    });
  }
}
