package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ContextCarrier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coroutines that other threads submit. */
@Timeout(60)
class SubmitTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  private Async<String> cleaning(CountDownLatch begun, Promise<String> cleaned) {
    return Async.of(a -> {
      try {
        begun.countDown();
        a.await(Asyncio.sleep(Duration.ofHours(1)));
        return "slept";
      } finally {
        a.await(Asyncio.yieldNow());
        cleaned.complete("cleaned up");
      }
    });
  }

  @Test
  void result_andFailure_reachTheOtherThread() {
    EventLoop.run(a -> {
      EventLoop loop = EventLoop.current();
      String got = a.await(Asyncio.toThread(() -> loop.submit(Async.of(b -> {
        b.await(Asyncio.sleep(Duration.ofMillis(1)));
        return "result";
      })).get(20, TimeUnit.SECONDS)));
      assertThat(got).isEqualTo("result");
      assertThatThrownBy(() -> a.await(Asyncio.toThread(() -> loop.submit(Async.of(_ -> {
        throw new IOException("lost");
      })).get(20, TimeUnit.SECONDS)))).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    });
  }

  @Test
  void cancellingTheFuture_cancelsTheTask_whoseCleanUpRuns() {
    EventLoop.run(a -> {
      EventLoop loop = EventLoop.current();
      CountDownLatch begun = new CountDownLatch(1);
      Promise<String> cleaned = Promise.create();
      a.await(Asyncio.toThread(() -> {
        CompletableFuture<String> future = loop.submit(cleaning(begun, cleaned));
        begun.await();
        return future.cancel(true);
      }));
      assertThat(a.<String>await(cleaned)).isEqualTo("cleaned up");
    });
  }

  @Test
  void completingTheFutureOtherwise_cancelsTheTask() {
    EventLoop.run(a -> {
      EventLoop loop = EventLoop.current();
      CountDownLatch begun = new CountDownLatch(1);
      Promise<String> cleaned = Promise.create();
      CompletableFuture<String> future = a.await(Asyncio.toThread(() -> {
        CompletableFuture<String> made = loop.submit(cleaning(begun, cleaned));
        begun.await();
        made.complete("by hand"); // as orTimeout would
        return made;
      }));
      assertThat(a.<String>await(cleaned)).isEqualTo("cleaned up");
      assertThat(future.join()).isEqualTo("by hand");
    });
  }

  @Test
  void cancelledBeforeItHasBegun_neverRuns() {
    EventLoop.run(a -> {
      EventLoop loop = EventLoop.current();
      Async<String> coroutine = Async.of(_ -> {
        log.add("ran");
        return "";
      });
      loop.submit(coroutine).cancel(true);
      a.await(Asyncio.yieldNow());
      a.await(Asyncio.yieldNow());
      assertThat(coroutine.isTaken()).isTrue();
    });
    assertThat(log).isEmpty();
  }

  @Test
  void taskThatIsCancelled_cancelsTheFuture_andSoDoesTheEndOfTheRun() {
    List<CompletableFuture<String>> futures = new ArrayList<>();
    List<LoopProblem> problems = new ArrayList<>();
    EventLoop loop = EventLoop.run(LoopOptions.defaults().withProblems(problems::add), a -> {
      futures.add(EventLoop.current().submit(Async.of(b -> {
        Asyncio.currentTask().cancel();
        b.await(Asyncio.yieldNow());
        return "";
      })));
      futures.add(EventLoop.current().submit(Async.of(b -> {
        b.await(Asyncio.sleep(Duration.ofHours(1)));
        return "";
      })));
      a.await(Asyncio.sleep(Duration.ofMillis(1)));
      return EventLoop.current();
    });
    assertThat(futures).allMatch(CompletableFuture::isCancelled);
    assertThat(problems).singleElement().extracting(LoopProblem::kind).isEqualTo(LoopProblem.Kind.LEFT_OVER);
    Async<String> late = Async.of(_ -> "late");
    assertThatThrownBy(() -> loop.submit(late)).isInstanceOf(RejectedExecutionException.class);
    assertThat(late.isTaken()).isTrue();
  }

  @Test
  void acceptedAtTheVeryEnd_isCancelled() {
    List<CompletableFuture<String>> futures = new ArrayList<>();
    EventLoop.run(_ -> {
      futures.add(EventLoop.current().submit(Async.of(_ -> "late")));
    });
    assertThatThrownBy(() -> futures.getFirst().get()).isInstanceOf(CancellationException.class);
  }

  @Test
  void coroutineThatWasTaken_isAnErrorInTheFuture() {
    EventLoop.run(a -> {
      Async<String> once = Async.of(_ -> "once");
      a.await(once);
      CompletableFuture<String> again = EventLoop.current().submit(once);
      a.await(Asyncio.yieldNow());
      assertThatThrownBy(again::get).hasCauseInstanceOf(LoopStateException.class);
    });
  }

  /** A carrier that fails when the given thread uses it, once it is told to. */
  private static ContextCarrier failing(Thread there, AtomicBoolean fails) {
    return () -> {
      if (fails.get() && Thread.currentThread() == there) {
        throw new IllegalStateException("the carrier failed");
      }
      return new ContextCarrier.Captured() {
        @Override
        public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
          return call.call();
        }
      };
    };
  }

  @Test
  void carrierThatFailsOnTheLoop_failsTheFuture_andNotTheEndOfTheRun() {
    AtomicBoolean fails = new AtomicBoolean();
    LoopOptions options = LoopOptions.defaults().withContext(failing(Thread.currentThread(), fails));
    String got = EventLoop.run(options, a -> {
      EventLoop loop = EventLoop.current();
      assertThatThrownBy(() -> a.await(Asyncio.toThread(() -> {
        fails.set(true);
        return loop.submit(Async.of(_ -> "never")).get(20, TimeUnit.SECONDS);
      }))).isInstanceOf(ExecutionException.class).hasRootCauseMessage("the carrier failed");
      return "ended";
    });
    assertThat(got).isEqualTo("ended");
  }

  @Test
  void contextThatFails_failsTheFuture() {
    AtomicBoolean fails = new AtomicBoolean();
    ContextCarrier carrier = () -> new ContextCarrier.Captured() {
      @Override
      public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        if (fails.getAndSet(false)) {
          throw new IllegalStateException("the context failed");
        }
        return call.call();
      }
    };
    EventLoop.run(LoopOptions.defaults().withContext(carrier), a -> {
      EventLoop loop = EventLoop.current();
      fails.set(true);
      CompletableFuture<String> future = loop.submit(Async.of(_ -> "never"));
      assertThatThrownBy(() -> a.await(Asyncio.timeout(Duration.ofSeconds(20), future)))
          .isInstanceOf(IllegalStateException.class).hasMessage("the context failed");
    });
  }

  @Test
  void submittedToARunnerBetweenRuns_beginsInTheNextRun_orEndsWhenItIsClosed() throws Exception {
    CompletableFuture<String> second;
    try (Runner runner = Runner.create()) {
      CompletableFuture<String> first = runner.loop().submit(Async.of(_ -> "in the next run"));
      assertThat(first.isDone()).isFalse();
      runner.run(a -> assertThat(a.await(first)).isEqualTo("in the next run"));
      second = runner.loop().submit(Async.of(_ -> "never"));
    }
    assertThat(second).isCancelled();
  }
}
