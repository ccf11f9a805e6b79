package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several runs on one loop. */
@Timeout(60)
class RunnerTest {
  private final List<LoopProblem> problems = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final LoopOptions options = LoopOptions.defaults().withVirtualTime(true).withProblems(problems::add);

  @Test
  void tasksQueuesAndTimersOfOneRun_areThereInTheNext() {
    try (Runner runner = Runner.create(options)) {
      Queue<String> queue = Queue.of(1);
      Task<String> worker = runner.run(_ -> Asyncio.createTask(Async.of(b -> "worked on " + b.await(queue.get()))));
      runner.run(a -> a.await(queue.put("a job")));
      assertThat(runner.<String>run(a -> a.await(worker))).isEqualTo("worked on a job");
      runner.run(_ -> EventLoop.current().callLater(Duration.ofSeconds(3), () -> log.add("called")));
      assertThat(log).isEmpty();
      runner.run(a -> a.await(Asyncio.sleep(Duration.ofSeconds(4))));
      assertThat(runner.loop().nanoTime()).isEqualTo(Duration.ofSeconds(4).toNanos());
    }
    assertThat(log).containsExactly("called");
    assertThat(problems).isEmpty();
  }

  @Test
  void runThatFails_leavesTheLoopUsable() {
    try (Runner runner = Runner.create(options)) {
      assertThatThrownBy(() -> runner.run(_ -> {
        throw new IOException("lost");
      })).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> runner.run(_ -> {
        Asyncio.currentTask().cancel();
      }, a -> a.await(Asyncio.yieldNow()))).isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> runner.run(a -> a.await(new Event().await()))).isInstanceOf(LoopDeadlockException.class);
      assertThat(runner.<String>run(_ -> "well")).isEqualTo("well");
    }
  }

  @Test
  void close_cancelsWhatIsLeft_awaitsIt_andReportsIt() {
    Runner runner = Runner.create(options);
    runner.run(a -> {
      Asyncio.createTask("sleeper", Async.action(b -> {
        try {
          b.await(Asyncio.sleep(Duration.ofHours(1)));
        } finally {
          b.await(Asyncio.sleep(Duration.ofSeconds(1)));
          log.add("cleaned up");
        }
      }));
      a.await(Asyncio.yieldNow());
    });
    assertThat(problems).isEmpty();
    runner.close();
    runner.close();
    assertThat(log).containsExactly("cleaned up");
    assertThat(problems).singleElement().extracting(LoopProblem::kind).isEqualTo(LoopProblem.Kind.LEFT_OVER);
    assertThatThrownBy(() -> runner.run(_ -> "late")).isInstanceOf(LoopStateException.class).hasMessageContaining("closed");
  }

  @Test
  void close_tasksThatDoNotEnd_areAnError() {
    Runner runner = Runner.create(options.withShutdownTimeout(Duration.ofSeconds(5)));
    runner.run(a -> {
      Asyncio.createTask("stubborn", Async.action(b -> {
        while (true) {
          try {
            b.await(Asyncio.sleep(Duration.ofSeconds(1)));
          } catch (Cancelled c) {
            log.add("ignored");
          }
        }
      }));
      a.await(Asyncio.yieldNow());
    });
    assertThatThrownBy(runner::close).isInstanceOf(LoopStateException.class).hasMessageContaining("stubborn");
    assertThat(log).containsExactly("ignored");
  }

  @Test
  void runInsideARun_andOnAnotherThread_areRefused() throws InterruptedException {
    try (Runner runner = Runner.create(options)) {
      assertThatThrownBy(() -> runner.run(_ -> {
        runner.run(_ -> log.add("nested"));
      })).isInstanceOf(LoopStateException.class).hasMessageContaining("run inside run: Runner.run");
      assertThatThrownBy(() -> runner.run(_ -> {
        end(runner);
      })).isInstanceOf(LoopStateException.class);
      AtomicReference<Throwable> refused = new AtomicReference<>();
      Thread other = Thread.ofPlatform().start(() -> {
        try {
          runner.run(_ -> log.add("elsewhere"));
        } catch (LoopStateException e) {
          refused.set(e);
        }
      });
      other.join();
      assertThat(refused.get()).hasMessageContaining("Runner.run was called on thread");
      assertThat(runner.<String>run(_ -> "well")).isEqualTo("well");
    }
    assertThat(log).isEmpty();
  }

  private static void end(Runner runner) {
    runner.close();
  }

  @Test
  void callbackOfAnotherThread_betweenTwoRuns_waitsForTheNext() throws InterruptedException {
    try (Runner runner = Runner.create(LoopOptions.defaults().withProblems(problems::add))) {
      runner.run(a -> a.await(Asyncio.yieldNow()));
      EventLoop loop = runner.loop();
      Thread other = Thread.ofPlatform().start(() -> loop.callSoon(() -> log.add("called")));
      other.join();
      assertThat(log).isEmpty();
      runner.run(a -> a.await(Asyncio.yieldNow()));
      assertThat(log).containsExactly("called");
    }
  }

  @Test
  void secondInterrupt_endsTheRun_whoseMainTaskGoesOnInTheNext() {
    try (Runner runner = Runner.create(options)) {
      assertThatThrownBy(() -> runner.run(a -> {
        for (int i = 0; i < 2; i++) {
          Thread.currentThread().interrupt();
          try {
            a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          } catch (Cancelled _) {
            log.add("goes on");
          }
        }
        log.add("ended");
      })).isInstanceOf(LoopInterruptedException.class).hasMessageContaining("go on in the next run");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(log).containsExactly("goes on");
      runner.run(a -> a.await(Asyncio.sleep(Duration.ofSeconds(2))));
      assertThat(log).contains("ended");
    }
  }
}
