package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Task;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that an event loop hands to worker processes. */
@Timeout(120)
final class LoopOnProcessesTest {

  @Test
  void runInExecutor_runsInAnotherProcess_alsoWithWhatItCaptures() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      int base = 40;
      String got = EventLoop
          .run(a -> a.await(Asyncio.runInExecutor(pool, () -> ProcessHandle.current().pid() + " " + (base + 2))));
      assertThat(got).endsWith(" 42").doesNotStartWith(ProcessHandle.current().pid() + " ");
    }
  }

  /** No record, which would be accepted in any case. */
  private static final class Point implements Serializable {
    private static final long serialVersionUID = 1;

    private final int x;
    private final int y;

    Point(int x, int y) {
      this.x = x;
      this.y = y;
    }
  }

  @Test
  void runInExecutor_returnsAClassOfTheApplication() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      Point got = EventLoop.run(a -> a.await(Asyncio.runInExecutor(pool, () -> new Point(1, 2))));
      assertThat(got.x).isEqualTo(1);
      assertThat(got.y).isEqualTo(2);
    }
  }

  @Test
  void cancel_ofACallThatNeverEnds_replacesTheProcess(@TempDir Path temp) {
    String begun = temp.resolve("begun").toString();
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      EventLoop.run(a -> {
        long first = a.await(Asyncio.runInExecutor(pool, () -> ProcessHandle.current().pid()));
        Task<Integer> endless = Asyncio.createTask(Async.of(b -> b.await(Asyncio.runInExecutor(pool, () -> {
          Files.createFile(Path.of(begun));
          while (true) {
            Thread.onSpinWait();
          }
        }))));
        a.await(Asyncio.toThread(() -> {
          while (!Files.exists(Path.of(begun))) {
            Thread.sleep(1); // another process makes it, which can only be looked at now and then; @Timeout bounds it
          }
          return null;
        }));
        endless.cancel();
        a.await(Asyncio.wait(List.of(endless)));
        assertThat(endless.isCancelled()).isTrue();
        assertThat(a.await(Asyncio.runInExecutor(pool, () -> ProcessHandle.current().pid()))).isNotEqualTo(first);
        return null;
      });
    }
  }
}
