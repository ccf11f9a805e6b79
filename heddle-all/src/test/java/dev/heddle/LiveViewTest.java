package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Promise;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerStats;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Flight Recorder's event tells a viewer of a program that prepared nothing. */
@Timeout(120)
final class LiveViewTest {

  @TempDir
  Path folder;

  private List<RecordedEvent> look() throws Exception {
    Path file = folder.resolve("look.jfr");
    Files.deleteIfExists(file);
    try (Recording recording = new Recording()) {
      recording.enable("dev.heddle.Live").with("period", "endChunk");
      recording.start();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("dev.heddle.Live"))
        .toList();
  }

  private static RecordedEvent named(List<RecordedEvent> rows, String name) {
    return rows.stream().filter(row -> row.getString("name").equals(name)).findFirst().orElseThrow();
  }

  @Test
  void look_atNothing_hasTheEndOnly() throws Exception {
    assertThat(look()).allSatisfy(row -> assertThat(row.getInt("format")).isEqualTo(1));
  }

  @Test
  void processPool_tellsItsWorkersAndTheirTasks() throws Exception {
    ProcessOptions named = ProcessOptions.defaults().withPool(PoolOptions.named("seen pool"));
    try (ProcessExecutor pool = ProcessPool.of(1, named)) {
      Future<?> task = pool.submit(TaskOptions.named("seen task"), () -> {
        Thread.sleep(600_000); // in the worker, until the task is cancelled below
      });
      while (pool.workers().stream().noneMatch(worker -> worker.state() == WorkerStats.State.BUSY)) {
        Thread.onSpinWait(); // bounded by the timeout of the class
      }
      List<RecordedEvent> rows = look();
      RecordedEvent executor = named(rows, "seen pool");
      assertThat(executor.getString("type")).isEqualTo("processes");
      RecordedEvent running = named(rows, "seen task");
      RecordedEvent worker = rows.stream()
          .filter(row -> row.getString("id").equals(running.getString("parent")))
          .findFirst()
          .orElseThrow();
      assertThat(worker.getString("kind")).isEqualTo("worker");
      assertThat(worker.getString("parent")).isEqualTo(executor.getString("id"));
      assertThat(worker.getString("figures")).contains("pid=" + pool.workers().getFirst().pid());
      task.cancel(true);
    }
  }

  @Test
  void loop_tellsTheTreeOfItsTasksAndWhereEachWaits() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Thread loop = Thread.ofPlatform().name("seen loop").start(() -> EventLoop.run(a -> {
      Promise<Integer> promise = Promise.create();
      EventLoop.current().createTask("watcher", Async.of(b -> b.await(Asyncio.toThread(() -> {
        looked.await();
        return 0;
      }))));
      var inner = EventLoop.current().createTask("inner", Async.of(b -> b.await(promise)));
      EventLoop.current().createTask("unlock", Async.of(b -> {
        waits.countDown();
        b.await(Asyncio.toThread(() -> {
          looked.await();
          return 0;
        }));
        promise.complete(1);
        return 0;
      }));
      return a.await(inner);
    }));
    waits.await();
    List<RecordedEvent> rows = look();
    RecordedEvent inner = named(rows, "inner");
    RecordedEvent main = named(rows, "main");
    assertThat(inner.getString("parent")).isEqualTo(main.getString("id"));
    assertThat(main.getString("parent")).isEqualTo(named(rows, "seen loop").getString("id"));
    assertThat(main.getString("state")).isEqualTo("waiting for task 'inner'");
    assertThat(inner.getString("text")).contains("LiveViewTest.java:");
    looked.countDown();
    loop.join();
  }

  @Test
  void loop_thatAStepBlocks_tellsWhere() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Thread loop = Thread.ofPlatform().name("blocked loop").start(() -> EventLoop.run(a -> {
      blocked.countDown();
      looked.await();
      return 0;
    }));
    blocked.await();
    RecordedEvent row = named(look(), "blocked loop");
    assertThat(row.getString("state")).isEqualTo("blocked by a step");
    assertThat(row.getString("text")).contains("LiveViewTest.java:");
    looked.countDown();
    loop.join();
  }

  @Test
  void pipeline_tellsItsStagesAndWhatLimitsIt() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    CountDownLatch looked = new CountDownLatch(1);
    PipelineRun run = Pipeline.from(List.of(1, 2, 3, 4)).with(PipelineOptions.named("seen pipeline"))
        .stage("slow", 2, item -> {
          second.countDown();
          looked.await();
          return item;
        }).to(item -> {}).start();
    second.await();
    List<RecordedEvent> rows = look();
    RecordedEvent pipeline = named(rows, "seen pipeline");
    assertThat(pipeline.getString("figures")).contains("total=4", "done=0");
    assertThat(pipeline.getString("text")).isNotEmpty();
    RecordedEvent stage = named(rows, "slow");
    assertThat(stage.getString("parent")).isEqualTo(pipeline.getString("id"));
    assertThat(stage.getString("figures")).contains("workers=2 busy=2");
    looked.countDown();
    run.await();
    assertThat(look()).noneMatch(row -> row.getString("name").equals("seen pipeline"));
  }
}
