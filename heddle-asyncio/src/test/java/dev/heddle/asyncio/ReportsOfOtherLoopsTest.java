package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Defects that users of asyncio, Trio, AnyIO, uvloop and kotlinx.coroutines have reported, tried on what is alike here. */
class ReportsOfOtherLoopsTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** CPython 134471: a time-out of zero swallowed a cancellation from before. */
  @Test
  void timeoutOfZero_doesNotSwallowAnEarlierCancellation() {
    run(a -> {
      Task<String> task = Asyncio.createTask(Async.of(b -> {
        Asyncio.currentTask().cancel();
        try {
          b.await(Timeout.at(EventLoop.current().nanoTime()).run(later(1, "")));
        } catch (AsyncTimeoutException e) {
          log.add("late");
        }
        b.await(Asyncio.sleep(SECOND));
        return "not cancelled";
      }));
      a.await(ended(task));
      assertThat(task.isCancelled()).isTrue();
    });
  }

  /** CPython 155433: after cancel() a group swallowed the time-out around it. */
  @Test
  void groupThatIsCancelled_leavesTheTimeoutAroundItAlone() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      assertThatThrownBy(() -> a.await(Asyncio.timeout(seconds(2), group.run(b -> {
        group.createTask(Async.action(c -> {
          try {
            c.await(Asyncio.sleep(seconds(3_600)));
          } finally {
            c.await(Asyncio.sleep(seconds(5)));
          }
        }));
        b.await(Asyncio.sleep(SECOND));
        group.cancel();
      })))).isInstanceOf(AsyncTimeoutException.class);
      assertThat(Asyncio.currentTask().cancelling()).isZero();
    });
  }

  /** Trio 1431: a group that ended because of a failure waited for ever for a task that had not started. */
  @Test
  void groupThatFails_whileATaskOfItStarts_ends() {
    run(a -> {
      Event never = new Event();
      TaskGroup target = TaskGroup.create();
      TaskGroup outer = TaskGroup.create();
      assertThatThrownBy(() -> a.await(outer.run(b -> {
        b.await(target.run(c -> {
          outer.createTask(Async.action(d -> {
            try {
              d.await(target.<String>start(_ -> Async.action(e -> e.await(never.await()))));
            } catch (CancellationException e) {
              log.add("not started");
            }
          }));
          target.createTask(failing(1, "crashed"));
          c.await(Asyncio.sleep(seconds(9)));
        }));
      }))).isInstanceOf(TaskGroupException.class).hasMessageContaining("crashed");
    });
    assertThat(log).containsExactly("not started");
  }

  /** AnyIO 685 and 710: cancelling a start cancelled the whole group in which the task was to run. */
  @Test
  void startThatIsCancelled_leavesTheOtherTasksOfTheGroupAlone() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      a.await(group.run(b -> {
        group.createTask(sleeper("other", 5));
        assertThatThrownBy(() -> b.await(Asyncio.timeout(SECOND, group.<String>start(_ -> sleeper("starting", 9)))))
            .isInstanceOf(AsyncTimeoutException.class);
      }));
    });
    assertThat(log).containsExactly("starting cancelled", "other slept");
  }

  /** tractor 464: a cancellation from outside during a start was reported as a task that forgets to call started(). */
  @Test
  void startInAGroupThatIsCancelled_isACancellation() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      Task<@Nullable Void> host = Asyncio.createTask(group.run(b -> {
        b.await(group.<String>start(_ -> Async.action(c -> {
          try {
            c.await(Asyncio.sleep(seconds(9)));
          } catch (Cancelled _) {
            log.add("ends normally");
          }
        })));
      }));
      a.await(Asyncio.sleep(SECOND));
      host.cancel();
      a.await(Asyncio.wait(java.util.List.of(host)));
      assertThat(host.isCancelled()).isTrue();
    });
    assertThat(log).containsExactly("ends normally");
  }

  /** kotlinx.coroutines 893: each cancelled await of a deferred was kept until the deferred was complete. */
  @Test
  void cancelledAwaitsOfAPromise_areNotKept() {
    run(a -> {
      Promise<String> promise = Promise.create();
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> a.await(Asyncio.timeout(SECOND, promise))).isInstanceOf(AsyncTimeoutException.class);
      }
      assertThat(promise.toString()).contains("0 tasks");
      promise.complete("late");
      assertThat(a.<String>await(promise)).isEqualTo("late");
    });
  }

  /** kotlinx.coroutines 2456: a stage that is not a future could not be awaited or cancelled. */
  @Test
  void stageThatIsNoFuture_canBeAwaitedLimitedAndShielded() {
    run(a -> {
      CompletableFuture<String> source = new CompletableFuture<>();
      assertThatThrownBy(() -> a.await(Asyncio.timeout(SECOND, source.minimalCompletionStage())))
          .isInstanceOf(AsyncTimeoutException.class);
      EventLoop.current().callLater(SECOND, () -> source.complete("there"));
      assertThat(a.<String>await(Asyncio.shield(source.minimalCompletionStage()))).isEqualTo("there");
      assertThat(a.<String>await(Asyncio.wrapFuture(source.minimalCompletionStage()))).isEqualTo("there");
    });
  }

  /** CPython 118944: a generator that was left early could not reset its variable, since another task ran its clean-up. */
  @Test
  void generatorThatIsUsed_resetsItsVariableInTheTaskThatUsesIt() {
    ContextVar<String> variable = ContextVar.of("variable", "outside");
    run(a -> {
      AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
        ContextVar.Token token = variable.set("inside");
        try {
          y.yield(1);
          y.yield(2);
        } finally {
          token.reset();
        }
      });
      int first = a.await(Asyncio.use(generator, all -> Async.of(b -> {
        b.await(all.hasNext());
        return all.next();
      })));
      log.add(first + " " + variable.get());
    });
    assertThat(log).containsExactly("1 outside");
  }

  /** CPython 102780: after a cancellation that a task has ignored, time-outs in its clean-up were no time-outs. */
  @Test
  void timeoutAfterAnIgnoredCancellation_isATimeout() {
    run(a -> {
      Task<String> task = Asyncio.createTask(Async.of(b -> {
        try {
          b.await(Asyncio.sleep(seconds(9)));
        } catch (Cancelled _) {
          log.add("ignored, without uncancel");
        }
        try {
          b.await(Asyncio.timeout(SECOND, later(5, "")));
        } catch (AsyncTimeoutException e) {
          return "time-out";
        }
        return "";
      }));
      a.await(Asyncio.sleep(SECOND));
      task.cancel();
      assertThat(a.<String>await(task)).isEqualTo("time-out");
    });
  }

  /** AnyIO 1214: a group that was cancelled by a child in the same turn as its host from outside swallowed the latter. */
  @Test
  void groupAndHostCancelledInOneTurn_theHostIsCancelled() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      Task<@Nullable Void> host = Asyncio.createTask(group.run(b -> {
        group.createTask(Async.action(c -> {
          c.await(Asyncio.sleep(SECOND));
          group.cancel();
        }));
        b.await(Asyncio.sleep(seconds(9)));
      }));
      EventLoop.current().callLater(SECOND, host::cancel);
      a.await(Asyncio.wait(java.util.List.of(host)));
      assertThat(host.isCancelled()).isTrue();
    });
  }

  /** uvloop 338 and 601, CPython 156784: an error of one message closed the endpoint, silently. */
  @Test
  void errorsOfMessages_leaveTheEndpointOpen() {
    EventLoop.run(LoopOptions.defaults().withProblems(problems::add), a -> {
      InetAddress here = InetAddress.getLoopbackAddress();
      DatagramEndpoint gone = DatagramEndpoint.bind(new InetSocketAddress(here, 0));
      InetSocketAddress address = gone.localAddress();
      try (DatagramEndpoint client = DatagramEndpoint.connect(address)) {
        gone.close();
        a.await(client.send("to no one"));
        assertThatThrownBy(() -> a.await(Asyncio.timeout(Duration.ofSeconds(20), client.receive())))
            .isInstanceOf(PortUnreachableException.class);
        try (DatagramEndpoint back = DatagramEndpoint.bind(address)) {
          a.await(client.send("again"));
          assertThat(a.await(Asyncio.timeout(Duration.ofSeconds(20), back.receive())).text()).isEqualTo("again");
          assertThatThrownBy(() -> a.await(back.send("x", new InetSocketAddress(here, 0)))).isInstanceOf(IOException.class);
          a.await(back.send("still open", client.localAddress()));
          assertThat(a.await(Asyncio.timeout(Duration.ofSeconds(20), client.receive())).text()).isEqualTo("still open");
        }
      }
    });
    assertThat(problems).isEmpty();
  }
}
