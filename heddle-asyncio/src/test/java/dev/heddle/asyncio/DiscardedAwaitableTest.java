package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An awaitable that the code discards is reported by default, with its line, once. */
@org.junit.jupiter.api.Timeout(60)
@SuppressWarnings("CheckReturnValue")
class DiscardedAwaitableTest {
  private final List<LoopProblem> problems = new ArrayList<>();

  private void run(Async<?> main) {
    EventLoop.run(LoopOptions.simulated(1).withProblems(problems::add), main);
  }

  /** Code with slips. */
  static final class Slips {
    private Slips() {}

    static Async<@Nullable Void> main() {
      return Async.action(
          a -> {
            Queue<String> queue = Queue.of(1);
            queue.put("x");
            Asyncio.sleep(Duration.ofSeconds(1));
            new Lock().acquire();
            Asyncio.gather(List.of(helper()));
            helper();
            a.await(helper());
            Asyncio.createTask(helper()); // a task runs by itself
          });
    }

    private static Async<@Nullable Void> helper() {
      return Async.action(a -> a.await(Asyncio.yieldNow()));
    }
  }

  /** Code without. */
  static final class Clean {
    private Clean() {}

    static Async<@Nullable Void> main() {
      return Async.action(
          a -> {
            Awaitable<@Nullable Void> later = Asyncio.sleep(Duration.ofSeconds(1));
            a.await(later);
            a.await(Asyncio.gather(List.of(Async.action(b -> b.await(Asyncio.yieldNow())))));
          });
    }
  }

  @Test
  void discarded_isReportedOnceWithItsLine() {
    run(Slips.main());
    run(Slips.main());
    List<String> messages = problems.stream().filter(each -> each.kind() == LoopProblem.Kind.NEVER_AWAITED)
        .map(LoopProblem::message).toList();
    assertThat(messages).hasSize(5).allMatch(each -> each.matches(".* in \\S+Slips, line \\d+, is never awaited.*"));
    assertThat(messages).extracting(each -> each.substring(0, each.indexOf('(')))
        .containsExactlyInAnyOrder("Queue.put", "Asyncio.sleep", "Lock.acquire", "Asyncio.gather",
            "DiscardedAwaitableTest$Slips.helper");
  }

  @Test
  void awaitedOrStored_isNotReported() {
    run(Clean.main());
    assertThat(problems).isEmpty();
  }
}
