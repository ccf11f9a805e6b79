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

  /** Code with more slips than are told one by one. */
  static final class ManySlips {
    private ManySlips() {}

    static Async<@Nullable Void> main() {
      return Async.action(
          _ -> {
            Queue<String> queue = Queue.of(1);
            queue.put("1");
            queue.put("2");
            queue.put("3");
            queue.put("4");
            queue.put("5");
            queue.put("6");
            queue.put("7");
            queue.put("8");
            queue.put("9");
            queue.put("10");
            queue.put("11");
            queue.put("12");
            queue.put("13");
            queue.put("14");
            queue.put("15");
            queue.put("16");
            queue.put("17");
            queue.put("18");
            queue.put("19");
            queue.put("20");
            queue.put("21");
            queue.put("22");
            queue.put("23");
          });
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
  void discarded_moreThanTwentyOfAClass_areCounted() {
    run(ManySlips.main());
    assertThat(problems).hasSize(21).extracting(LoopProblem::kind).containsOnly(LoopProblem.Kind.NEVER_AWAITED);
    assertThat(problems.subList(0, 20)).extracting(LoopProblem::message)
        .allMatch(each -> each.startsWith("Queue.put(…) in " + ManySlips.class.getName() + ", line "));
    assertThat(problems.getLast().message())
        .startsWith("3 more calls in " + ManySlips.class.getName() + " are never awaited: ");
  }

  @Test
  void awaitedOrStored_isNotReported() {
    run(Clean.main());
    assertThat(problems).isEmpty();
  }
}
