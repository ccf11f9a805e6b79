package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies without a result need no {@code return null}. That this class compiles is a part of the test. */
@org.junit.jupiter.api.Timeout(60)
class WithoutResultTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<String> log = new ArrayList<>();

  private void twice(Awaiter a) throws Exception {
    a.await(Asyncio.sleep(SHORT));
    log.add("method");
  }

  private static int answer(Awaiter a) throws Exception {
    a.await(Asyncio.yieldNow());
    return 42;
  }

  @Test
  void run_eachShapeOfBody_compiles() {
    EventLoop.run(
        a -> {
          a.await(Asyncio.sleep(SHORT));
          log.add("block");
        });
    EventLoop.run(a -> a.await(Asyncio.sleep(SHORT)));
    EventLoop.run(this::twice);
    EventLoop.run(LoopOptions.defaults(), this::twice);
    EventLoop.run(
        (Awaiter a) -> {
          log.add("typed");
        });
    String result = EventLoop.run(
        a -> {
          a.await(Asyncio.yieldNow());
          return "result";
        });
    int answer = EventLoop.run(WithoutResultTest::answer);
    assertThat(log).containsExactly("block", "method", "method", "typed");
    assertThat(result).isEqualTo("result");
    assertThat(answer).isEqualTo(42);
  }

  @Test
  void run_bodyThatOnlyThrows_compiles() {
    assertThatThrownBy(
        () -> EventLoop.run(
            a -> {
              throw new IOException("x");
            }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void run_several_runInTurn() {
    EventLoop.run(
        a -> {
          a.await(Asyncio.sleep(SHORT));
          log.add("one");
        },
        a -> {
          log.add("two");
        },
        this::twice);
    assertThat(log).containsExactly("one", "two", "method");
    assertThatThrownBy(
        () -> EventLoop.run(
            LoopOptions.defaults(),
            a -> {
              a.await(Asyncio.yieldNow());
              throw new IOException("first");
            },
            a -> {
              log.add("not reached");
            }))
        .hasMessage("first");
    assertThat(log).hasSize(3);
  }

  @Test
  @SuppressWarnings("NullAway") // what is tested
  void run_withNullAmongTheOthers_namesItsPosition() {
    AsyncAction none = null;
    assertThatThrownBy(() -> EventLoop.run(this::twice, this::twice, none))
        .isInstanceOf(NullPointerException.class).hasMessage("then[1] must not be null");
    assertThatThrownBy(() -> Async.of(this::twice, none))
        .isInstanceOf(NullPointerException.class).hasMessage("then[0] must not be null");
    assertThatThrownBy(() -> Async.of(this::twice, (AsyncAction[]) null))
        .isInstanceOf(NullPointerException.class).hasMessage("then must not be null");
    assertThat(log).isEmpty();
  }

  @Test
  void group_timeoutAndCoroutine() {
    EventLoop.run(
        a -> {
          TaskGroup group = TaskGroup.create();
          a.await(
              group.run(
                  b -> {
                    group.createTask(Async.of(this::twice));
                  }));
          a.await(
              Asyncio.timeout(
                  Duration.ofSeconds(20),
                  b -> {
                    b.await(Asyncio.yieldNow());
                    log.add("in time");
                  }));
          Async<?> coroutine = Async.of(
              b -> {
                log.add("coroutine");
              });
          a.await(coroutine);
        });
    assertThat(log).containsExactly("method", "in time", "coroutine");
  }

  @Test
  void createTask_ofAnyAwaitable() {
    String result = EventLoop.run(
        a -> {
          Task<String> thread = Asyncio.createTask("thread", Asyncio.toThread(() -> "from a thread"));
          Task<@Nullable Void> nap = Asyncio.createTask(Asyncio.sleep(SHORT));
          a.await(nap);
          return a.await(thread);
        });
    assertThat(result).isEqualTo("from a thread");
  }
}
