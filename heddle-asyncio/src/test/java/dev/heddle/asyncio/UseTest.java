package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Resources whose closing is awaited. */
class UseTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** A resource that takes a second to open and to close. */
  private final class Connection implements AsyncCloseable {
    private final @Nullable Exception failure;

    Connection(@Nullable Exception failure) {
      this.failure = failure;
    }

    Async<String> query(String text) {
      return Async.of(a -> {
        a.await(Asyncio.sleep(SECOND));
        return "answer to " + text;
      });
    }

    @Override
    public Awaitable<?> close() {
      return Async.action(a -> {
        a.await(Asyncio.sleep(SECOND));
        log.add("closed");
        if (failure != null) {
          throw failure;
        }
      });
    }
  }

  private Async<Connection> connect(@Nullable Exception failure) {
    return Async.of(a -> {
      a.await(Asyncio.sleep(SECOND));
      return new Connection(failure);
    });
  }

  @Test
  void use_closesAfterTheBody_andReturnsItsResult() {
    run(a -> {
      String answer = a.await(Asyncio.use(connect(null), connection -> connection.query("q")));
      log.add(answer + " after " + EventLoop.current().nanoTime() / SECOND.toNanos());
    });
    assertThat(log).containsExactly("closed", "answer to q after 3");
  }

  @Test
  void use_failures_ofBodyAndClosing() {
    run(a -> {
      assertThatThrownBy(() -> a.await(Asyncio.use(connect(new IOException("close")), _ -> failing(1, "body"))))
          .isInstanceOf(IOException.class)
          .hasMessage("body")
          .satisfies(e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage).containsExactly("close"));
      assertThatThrownBy(() -> a.await(Asyncio.use(connect(new IOException("close")), c -> c.query(""))))
          .hasMessage("close");
      assertThatThrownBy(() -> a.await(Asyncio.<Connection, String>use(connect(null), _ -> {
        throw new IllegalStateException("no body");
      }))).hasMessage("no body");
    });
    assertThat(log).containsExactly("closed", "closed", "closed");
  }

  @Test
  void use_cancelledAtEachMoment_beginsToCloseWhatWasOpened() {
    for (int millis = 0; millis <= 3_500; millis += 500) {
      int at = millis;
      log.clear();
      run(a -> {
        boolean[] opened = {false};
        Task<String> task = Asyncio.createTask(Asyncio.use(connect(null), connection -> {
          opened[0] = true;
          return connection.query("q");
        }));
        a.await(Asyncio.sleep(java.time.Duration.ofMillis(at)));
        task.cancel();
        a.await(ended(task));
        assertThat(task.isCancelled()).as("cancelled at %d", at).isEqualTo(at < 2_000 || (at > 2_000 && at < 3_000));
        // at 2000 the body's result is on its way: it is delivered, and what is closed is not disturbed;
        // a closing that is cancelled itself decides what that means; here it stops
        assertThat(log.contains("closed")).as("closed, cancelled at %d", at)
            .isEqualTo(opened[0] && (at <= 2_000 || at >= 3_000));
      });
    }
  }

  @Test
  void use_failingBodyWhoseClosingIsCancelled_fails_andTheCancellationComesNext() {
    run(a -> {
      Task<String> task = Asyncio.createTask(Async.of(b -> {
        try {
          return b.await(Asyncio.use(connect(null), _ -> failing(1, "body")));
        } catch (IOException e) {
          log.add(e.getMessage());
        }
        b.await(Asyncio.sleep(SECOND));
        return "went on";
      }));
      a.await(Asyncio.sleep(java.time.Duration.ofMillis(2_500)));
      task.cancel();
      a.await(ended(task));
      assertThat(task.isCancelled()).isTrue();
    });
    assertThat(log).containsExactly("body");
  }

  @Test
  void use_generator_thatIsLeftEarly_runsItsCleanUpAtOnce() {
    run(a -> {
      AsyncGenerator<Integer> ticks = AsyncGenerator.of(y -> {
        try {
          for (int i = 0;; i++) {
            y.yield(i);
          }
        } finally {
          y.await(Asyncio.sleep(SECOND));
          log.add("generator closed");
        }
      });
      int found = a.await(Asyncio.use(ticks, all -> Async.of(b -> {
        while (b.await(all.hasNext())) {
          int tick = all.next();
          if (tick == 3) {
            return tick;
          }
        }
        return -1;
      })));
      log.add("found " + found);
    });
    assertThat(log).containsExactly("generator closed", "found 3");
  }

  @Test
  void use_withAnotherWayToClose() {
    run(a -> {
      int length = a.await(Asyncio.use(later(1, "text"), text -> later(1, text.length()), text -> sleeper(text, 1)));
      assertThat(length).isEqualTo(4);
    });
    assertThat(log).containsExactly("text slept");
  }

  /** A cancellation that is pending when the closing begins must not keep a closing that is one operation from beginning. */
  @Test
  void cancellationBeforeClosing_isDeliveredAfterIt() {
    run(a -> {
      Promise<String> ready = Promise.create();
      Task<String> task = Asyncio.createTask(Async.of(b -> {
        String got = b.await(Asyncio.use(Async.of(_ -> "resource"), _ -> Async.of(c -> c.await(ready)),
            _ -> Asyncio.toThread(() -> log.add("closing"))));
        log.add("got " + got);
        b.await(Asyncio.yieldNow());
        return "not cancelled";
      }));
      a.await(Asyncio.sleep(SECOND));
      ready.complete("result");
      task.cancel();
      assertThatThrownBy(() -> a.await(task)).isInstanceOf(java.util.concurrent.CancellationException.class);
    });
    assertThat(log).containsExactly("closing", "got result");
  }

  /** Not a second signal for a body that is cancelled and cancelled again before the closing. */
  @Test
  void cancelledTwice_beforeClosing_getsOneSignal() {
    run(a -> {
      Task<String> task = Asyncio.createTask(Async.of(b -> {
        try {
          return b.await(Asyncio.use(Async.of(_ -> "resource"), _ -> Async.of(c -> {
            try {
              c.await(new Event().await());
              return "set";
            } finally {
              Asyncio.currentTask().cancel();
            }
          }), _ -> Asyncio.sleep(SECOND)));
        } catch (Cancelled e) {
          b.await(Asyncio.yieldNow());
          log.add("cleaned up");
          throw e;
        }
      }));
      a.await(Asyncio.sleep(SECOND));
      task.cancel();
      assertThatThrownBy(() -> a.await(task)).isInstanceOf(java.util.concurrent.CancellationException.class);
    });
    assertThat(log).containsExactly("cleaned up");
  }
}
