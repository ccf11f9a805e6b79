package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No task, peer or flood of turns keeps timers, I/O, cancellation or other tasks from being served. */
@org.junit.jupiter.api.Timeout(60)
class FairnessTest {

  /** Awaitables that complete at once. */
  enum AtOnce {
    QUEUE {
      @Override
      Async<?> once() {
        return Async.of(
            a -> {
              Queue<Integer> queue = Queue.unbounded();
              a.await(queue.put(1));
              return a.await(queue.get());
            });
      }
    },
    FUTURE {
      @Override
      Async<?> once() {
        return Async.of(a -> a.await(CompletableFuture.completedFuture(1)));
      }
    },
    FAILURE {
      @Override
      Async<?> once() {
        return Async.of(
            a -> {
              try {
                return a.await(CompletableFuture.failedFuture(new IllegalStateException("always")));
              } catch (IllegalStateException e) {
                return e;
              }
            });
      }
    },
    GENERATOR {
      @Override
      Async<?> once() {
        return Async.of(a -> {
          AsyncGenerator<Integer> numbers = AsyncGenerator.of(y -> {
            for (int i = 0;; i++) {
              y.yield(i);
            }
          });
          while (a.await(numbers.hasNext())) {
            numbers.next();
          }
          return numbers;
        });
      }
    },
    GROUP {
      @Override
      Async<?> once() {
        return TaskGroup.create().run(b -> {});
      }
    },
    CONDITION {
      @Override
      Async<?> once() {
        return new Condition(new Lock()).await(() -> true);
      }
    },
    FAILING_TIMEOUT {
      @Override
      Async<?> once() {
        return Async.of(
            a -> {
              try {
                return a.await(Asyncio.timeout(Duration.ofDays(1), b -> {
                  throw new IllegalStateException("always");
                }));
              } catch (IllegalStateException e) {
                return e;
              }
            });
      }
    };

    abstract Async<?> once();

    Async<@Nullable Void> forever() {
      return Async.action(
          a -> {
            while (true) {
              a.await(once());
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void operationsThatCompleteAtOnce_otherTasksRun(AtOnce kind) {
    EventLoop.run(
        LoopOptions.simulated(1),
        a -> {
          Task<@Nullable Void> busy = Asyncio.createTask(kind.forever());
          for (int i = 0; i < 10; i++) {
            a.await(Asyncio.yieldNow());
          }
          busy.cancel();
          a.await(Asyncio.wait(List.of(busy)));
          assertThat(busy.isCancelled()).isTrue();
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource
  void operationsThatCompleteAtOnce_timeoutFires(AtOnce kind) {
    assertThatThrownBy(() -> EventLoop.run(a -> a.await(Asyncio.timeout(Duration.ofMillis(20), kind.forever()))))
        .isInstanceOf(AsyncTimeoutException.class);
  }

  @Test
  void resultsBeforeTheBudgetIsSpent_areDeliveredInOrder() {
    EventLoop.run(
        LoopOptions.simulated(1),
        a -> {
          Queue<Integer> queue = Queue.unbounded();
          for (int i = 0; i < 1_000; i++) {
            a.await(queue.put(i));
          }
          Task<Integer> sum = Asyncio.createTask(
              Async.of(
                  b -> {
                    int last = -1;
                    for (int i = 0; i < 1_000; i++) {
                      int got = b.await(queue.get());
                      assertThat(got).isEqualTo(last + 1);
                      last = got;
                    }
                    return last;
                  }));
          assertThat(a.await(sum)).isEqualTo(999);
          return null;
        });
  }

  @Test
  void busyLoop_readsItsSocketsAtTheNextTurn() throws Exception {
    int[] turns = {0};
    int[] answeredAfter = {-1};
    EventLoop.run(
        a -> {
          try (
              TcpServer server = TcpServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  FairnessTest::echo);
              TcpStream client = a
                  .await(TcpStream.connect(InetAddress.getLoopbackAddress().getHostAddress(), server.port()))) {
            client.write("warm up\n");
            a.await(client.readLine());
            Task<@Nullable Void> busy = Asyncio.createTask(
                Async.action(
                    b -> {
                      while (answeredAfter[0] < 0) {
                        long end = System.nanoTime() + 2_000_000;
                        while (System.nanoTime() < end) {
                          Thread.onSpinWait();
                        }
                        turns[0]++;
                        b.await(Asyncio.yieldNow());
                      }
                    }));
            a.await(Asyncio.yieldNow());
            int before = turns[0];
            client.write("hello\n"); // on loopback it is at the server's socket when the call returns
            assertThat(a.await(client.readLine())).isEqualTo("hello");
            answeredAfter[0] = turns[0] - before;
            a.await(busy);
          }
          return null;
        });
    assertThat(answeredAfter[0]).as("turns until the answer: there and back").isLessThanOrEqualTo(4);
  }

  @Test
  void floodingPeer_otherTasksAndPeersAreServed() {
    EventLoop.run(
        a -> {
          try (
              TcpServer server = TcpServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  FairnessTest::echo);
              TcpServer sink = TcpServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  FairnessTest::swallow);
              TcpStream flooding = a
                  .await(TcpStream.connect(InetAddress.getLoopbackAddress().getHostAddress(), sink.port()));
              TcpStream client = a
                  .await(TcpStream.connect(InetAddress.getLoopbackAddress().getHostAddress(), server.port()))) {
            byte[] block = "y".repeat(100).concat("\n").repeat(1_000).getBytes(StandardCharsets.UTF_8);
            Task<@Nullable Void> flood = Asyncio.createTask(
                Async.action(
                    b -> {
                      while (true) {
                        flooding.write(block);
                        b.await(flooding.drain());
                      }
                    }));
            for (int i = 0; i < 20; i++) {
              client.write("hello\n");
              assertThat(a.await(client.readLine())).isEqualTo("hello");
            }
            flood.cancel();
            a.await(Asyncio.wait(List.of(flood)));
            flooding.abort();
          }
          return null;
        });
  }

  private static Async<@Nullable Void> echo(TcpStream stream) {
    return Async.action(
        a -> {
          for (String line = a.await(stream.readLine()); line != null; line = a.await(stream.readLine())) {
            stream.write(line + "\n");
          }
        });
  }

  private static Async<@Nullable Void> swallow(TcpStream stream) {
    return Async.action(
        a -> {
          try {
            while (a.await(stream.readLine()) != null) {
              // reads as fast as it can
            }
          } catch (IOException e) {
            // the peer has aborted
          }
        });
  }
}
