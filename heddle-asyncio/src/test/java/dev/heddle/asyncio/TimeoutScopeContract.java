package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Time-outs as scopes. */
abstract class TimeoutScopeContract extends LoopContract {
  private long now() {
    return EventLoop.current().nanoTime() / 1_000_000_000;
  }

  @Test
  void timeout_inTime_givesTheResult() {
    assertThat(this.<String>run(a -> a.await(Asyncio.timeout(seconds(2), later(1, "x"))))).isEqualTo("x");
  }

  @Test
  void timeout_late_cancelsAndThrows() {
    run(
        a -> {
          try {
            a.await(Asyncio.timeout(seconds(2), sleeper("body", 9)));
          } catch (AsyncTimeoutException e) {
            log.add("late at " + now());
            assertThat(e).hasMessageContaining("2 s");
          }
          assertThat(Asyncio.currentTask().cancelling()).isZero();
          a.await(Asyncio.sleep(SECOND));
          return null;
        });
    assertThat(log).containsExactly("body cancelled", "late at 2");
  }

  @Test
  void timeout_ofTask_cancelsTheTask() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(sleeper("task", 9));
          try {
            a.await(Asyncio.timeout(seconds(2), task));
          } catch (AsyncTimeoutException e) {
            log.add("late");
          }
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("task cancelled", "late");
  }

  @Test
  void timeout_nested_outerExpiresFirst() {
    run(
        a -> {
          try {
            a.await(
                Asyncio.timeout(
                    seconds(1),
                    async(
                        b -> {
                          try {
                            return b.await(Asyncio.timeout(seconds(5), sleeper("body", 9)));
                          } catch (AsyncTimeoutException e) {
                            log.add("wrong: inner");
                            return "";
                          }
                        })));
          } catch (AsyncTimeoutException e) {
            log.add("outer " + String.valueOf(e.getMessage()).contains("1 s"));
          }
          return null;
        });
    assertThat(log).containsExactly("body cancelled", "outer true");
  }

  @Test
  void timeout_nestedExpiringTogether_outerWins() {
    run(
        a -> {
          try {
            a.await(
                Asyncio.timeout(
                    seconds(1),
                    async(
                        b -> {
                          try {
                            return b.await(Asyncio.timeout(seconds(1), sleeper("body", 9)));
                          } finally {
                            log.add("left inner, cancelling " + Asyncio.currentTask().cancelling());
                          }
                        })));
          } catch (AsyncTimeoutException e) {
            log.add("late, cancelling " + Asyncio.currentTask().cancelling());
          }
          return null;
        });
    assertThat(log).containsExactly("body cancelled", "left inner, cancelling 1", "late, cancelling 0");
  }

  @Test
  void timeout_foreignException_keepsItsContext() {
    assertThatThrownBy(
        () -> run(
            a -> a.await(
                Asyncio.timeout(
                    seconds(1),
                    async(
                        b -> {
                          try {
                            b.await(Asyncio.sleep(seconds(9)));
                          } finally {
                            failed();
                          }
                          return null;
                        })))))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasExactlyElementsOfTypes(AsyncTimeoutException.class));
  }

  private static void failed() throws IOException {
    throw new IOException("clean-up failed");
  }

  @Test
  void timeout_cancelAfterExpiry_staysACancellation() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> b.await(
                      Asyncio.timeout(
                          seconds(1),
                          async(
                              c -> {
                                try {
                                  c.await(Asyncio.sleep(seconds(9)));
                                } finally {
                                  Asyncio.currentTask().cancel("from elsewhere");
                                }
                                return "";
                              })))));
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
  }

  @Test
  void timeout_resultTogetherWithExpiry_wins_andNothingIsLeft() {
    run(
        a -> {
          Event ready = new Event();
          EventLoop.current().callLater(seconds(1), ready::set); // one turn before the expiry is handled
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    String got = b.await(
                        Asyncio.timeout(
                            seconds(1),
                            async(
                                c -> {
                                  c.await(ready.await());
                                  return "in time";
                                })));
                    b.await(Asyncio.sleep(SECOND)); // a request that was not taken back would surface here
                    return got + " " + Asyncio.currentTask().cancelling();
                  }));
          assertThat(a.await(task)).isEqualTo("in time 0");
          return null;
        });
  }

  @Test
  void timeout_zero_doesNotBegin() {
    run(
        a -> {
          Async<String> never = sleeper("never", 1);
          try {
            a.await(Asyncio.timeout(Duration.ZERO, never));
          } catch (AsyncTimeoutException e) {
            log.add("late");
          }
          assertThat(never.isTaken()).isTrue();
          Task<String> running = Asyncio.createTask(sleeper("running", 9));
          a.await(Asyncio.yieldNow());
          try {
            a.await(Asyncio.timeout(Duration.ZERO, running));
          } catch (AsyncTimeoutException e) {
            log.add("late too, ended " + running.isDone());
          }
          Task<String> done = Asyncio.createTask(later(1, "done"));
          a.await(done);
          log.add(a.await(Asyncio.timeout(Duration.ZERO, done)));
          return null;
        });
    assertThat(log).containsExactly("late", "running cancelled", "late too, ended true", "done");
  }

  @Test
  void timeout_negative_isRefused() {
    assertThatThrownBy(() -> Timeout.of(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit")
        .hasMessageContaining("-1 s");
    assertThatThrownBy(() -> Asyncio.sleep(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timeout_rescheduled_countsFromThere() {
    run(
        a -> {
          Timeout limit = Timeout.of(seconds(2));
          assertThatThrownBy(() -> limit.reschedule(SECOND)).hasMessageContaining("has not begun");
          String got = a.await(
              limit.run(
                  async(
                      b -> {
                        b.await(Asyncio.sleep(SECOND));
                        limit.reschedule(seconds(5));
                        return b.await(later(4, "x"));
                      })));
          assertThat(limit.isExpired()).isFalse();
          assertThatThrownBy(() -> limit.reschedule(SECOND)).hasMessageContaining("has ended");
          assertThat(got).isEqualTo("x");
          return null;
        });
  }

  @Test
  void uncancel_inNestedScopes_leavesTheOutsideRequest() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(9)));
                    } catch (Cancelled outside) {
                      // while it cleans up, with one request delivered, a time-out of its own runs out
                      try {
                        b.await(Asyncio.timeout(SECOND, sleeper("clean-up", 9)));
                      } catch (AsyncTimeoutException e) {
                        log.add("clean-up late, cancelling " + Asyncio.currentTask().cancelling());
                      }
                      b.await(Asyncio.sleep(SECOND)); // nor does the first request surface again
                      throw outside;
                    }
                    return "";
                  }));
          a.await(Asyncio.sleep(SECOND));
          task.cancel();
          a.await(ended(task));
          assertThat(task.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("clean-up cancelled", "clean-up late, cancelling 1");
  }

  @Test
  void main_cancelled_isACancellationException() {
    assertThatThrownBy(
        () -> run(
            a -> {
              EventLoop.current().callLater(seconds(1), Asyncio.currentTask()::cancel);
              return a.await(sleeper("main", 9));
            }))
        .isInstanceOf(CancellationException.class);
    assertThat(log).containsExactly("main cancelled");
  }

  @Test
  void timeout_expiredWithTheResult_withdrawsItsRequestAndNotTheDeliveredOne() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(Asyncio.sleep(seconds(10)));
                    } catch (Cancelled c) {
                      log.add("heard"); // and goes on; its request stays
                    }
                    Event set = new Event();
                    EventLoop.current().callLater(seconds(1), set::set); // wins against the time-out of the same moment
                    b.await(Asyncio.timeout(seconds(1), set.await()));
                    b.await(Asyncio.sleep(seconds(1))); // no second signal
                    return "done";
                  }));
          a.await(Asyncio.yieldNow());
          task.cancel();
          assertThat(a.await(task)).isEqualTo("done");
          assertThat(task.cancelling()).isEqualTo(1);
          return null;
        });
    assertThat(log).containsExactly("heard");
  }
}
