package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskListener;
import dev.heddle.iter.Iter;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameReader;
import dev.heddle.process.wire.FrameWriter;
import dev.heddle.process.wire.Outbox;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Gate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That tasks and results which travel together neither wait for each other nor share a fate. */
@Bounded(seconds = 120)
class TogetherTest {
  /** Accepts results whose classes run code when they are decoded. */
  private static final ProcessOptions ALLOWING = ProcessOptions.defaults()
      .withAllowedResults(name -> name.equals(Slow.class.getName()) || name.equals(Decoded.class.getName()));

  private static final int ROUNDS = 10;
  private static final int BRIEF = 40;

  private static void warmUp(ProcessExecutor pool) { // so that it is known that tasks are brief here
    for (int i = 0; i < 300; i++) {
      pool.submit(() -> 1).result();
    }
  }

  @Test
  void results_beforeACrash_areNotLost() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      for (int round = 0; round < ROUNDS; round++) {
        warmUp(pool);
        List<Future<Integer>> brief = new ArrayList<>();
        for (int i = 0; i < BRIEF; i++) {
          int n = i;
          brief.add(pool.submit(() -> n));
        }
        Future<Integer> crash = pool.submit(
            () -> {
              Runtime.getRuntime().halt(3);
              return 0;
            });
        for (int i = 0; i < BRIEF; i++) {
          assertThat(brief.get(i).result()).as("round %d", round).isEqualTo(i);
        }
        assertThat(crash.exception()).isInstanceOf(WorkerCrashedException.class);
      }
    }
  }

  @Test
  void result_beforeALongTask_comesAtOnce() {
    try (CrossProcessLatches latches = CrossProcessLatches.open();
        ProcessExecutor pool = ProcessPool.of(1)) {
      warmUp(pool);
      for (int round = 0; round < ROUNDS; round++) {
        try (Gate end = latches.newGate()) {
          List<Future<Integer>> brief = new ArrayList<>();
          for (int i = 0; i < BRIEF; i++) {
            int n = i;
            brief.add(pool.submit(() -> n));
          }
          Future<Integer> waiting = pool.submit(
              () -> {
                end.await();
                return -1;
              });
          for (int i = 0; i < BRIEF; i++) {
            assertThat(brief.get(i).result()).isEqualTo(i); // while the last one runs
          }
          assertThat(waiting.isDone()).isFalse();
          end.open();
          assertThat(waiting.result()).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void tasksBehindOnesThatAreCancelled_run() {
    try (CrossProcessLatches latches = CrossProcessLatches.open();
        ProcessExecutor pool = ProcessPool.of(1)) {
      warmUp(pool);
      for (int round = 0; round < ROUNDS; round++) {
        try (Gate end = latches.newGate()) {
          Future<Integer> first = pool.submit(
              () -> {
                end.await();
                return -1;
              });
          List<Future<Integer>> others = new ArrayList<>();
          for (int i = 0; i < BRIEF; i++) {
            int n = i;
            others.add(pool.submit(() -> n));
          }
          others.subList(0, BRIEF - 1).forEach(each -> each.cancel(false));
          end.open();
          assertThat(others.getLast().result()).isEqualTo(BRIEF - 1);
          assertThat(first.result()).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void results_inAChunkBeforeAFailureThatCannotBeSent_come() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      Iter<Integer> results = pool.map(
          MapOptions.defaults().withChunkSize(4),
          n -> {
            if (n == 2) {
              throw new Unsendable();
            }
            return n;
          },
          List.of(0, 1, 2, 3));
      assertThat(results.next()).isEqualTo(0);
      assertThat(results.next()).isEqualTo(1);
      assertThatThrownBy(results::next)
          .hasCauseInstanceOf(RemoteTaskException.class)
          .hasMessageContaining(Unsendable.class.getName());
    }
  }

  private static final class Unsendable extends RuntimeException {
    @SuppressWarnings("unused") // what makes it unsendable
    private final Thread thread = Thread.currentThread();
  }

  @Test
  void results_thatAWaiterLeavesToTheChannel_comeThoughTheWorkerHasRetired() {
    for (int round = 0; round < ROUNDS; round++) {
      try (ProcessExecutor pool = ProcessPool.of(1, ALLOWING.withMaxTasksPerWorker(302))) {
        warmUp(pool); // 300
        READ_WHEN_ONE_HAS_ENDED.set(pool);
        Future<Slow> own = pool.submit(Slow::new);
        Future<Decoded> left = pool.submit(Decoded::new);
        assertThat(own.result()).as("round %d", round).isNotNull();
        assertThat(left.result(Duration.ofSeconds(30))).as("round %d", round).isNotNull();
      }
    }
  }

  private static final AtomicReference<ProcessExecutor> READ_WHEN_ONE_HAS_ENDED = new AtomicReference<>();

  /** Is read here only when the worker that made it has ended, and so keeps who reads it for long. */
  private static final class Slow implements Serializable {
    @SuppressWarnings("ThreadPriorityCheck") // the worker needs the processor
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      if (Thread.currentThread().getName().contains("-worker-")) {
        return; // the channel's own, which has to see the worker off
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!READ_WHEN_ONE_HAS_ENDED.get().workers().isEmpty() && System.nanoTime() - end < 0) {
        Thread.yield();
      }
    }
  }

  @Test
  void waiter_runsNeitherListenersNorUserCodeOfOtherTasks() {
    Queue<Thread> told = new ConcurrentLinkedQueue<>();
    TaskListener listener = new TaskListener() {
      @Override
      public void finished(Future<?> task) {
        told.add(Thread.currentThread());
      }
    };
    ProcessOptions options = ProcessOptions.defaults().withPool(PoolOptions.defaults().withListener(listener));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      warmUp(pool);
    }
    assertThat(told).isNotEmpty().doesNotContain(Thread.currentThread());
    DECODERS.clear();
    try (ProcessExecutor pool = ProcessPool.of(1, ALLOWING)) {
      warmUp(pool);
      for (int round = 0; round < 100; round++) {
        pool.submit(Decoded::new);
        pool.submit(() -> 1).result();
        pool.submit(Decoded::new).result(Duration.ofMinutes(1));
      }
    }
    assertThat(DECODERS).isNotEmpty().doesNotContain(Thread.currentThread());
  }

  private static final Queue<Thread> DECODERS = new ConcurrentLinkedQueue<>();

  /** Knows who reads it. */
  private static final class Decoded implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      DECODERS.add(Thread.currentThread());
    }
  }

  @Test
  void outbox_afterAnyPartWasSent_hasTheRest(@TempDir Path folder) throws IOException {
    byte[] body = new byte[50];
    for (int step = 1; step < 3 * (Frame.HEADER + body.length); step += 7) {
      Path file = folder.resolve("outbox-" + step);
      FrameWriter writer = new FrameWriter(Outbox.create(file));
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      Thimble socket = new Thimble(sent, step);
      for (int i = 1; i <= 5; i++) {
        writer.put(Frame.RESULT, i, 0, body);
        writer.flush(socket);
        byte[] rest = Outbox.map(file).unsent(sent.size()); // as the parent sees it if the worker dies now
        assertThat(sent.size() + rest.length).isEqualTo(i * (Frame.HEADER + body.length));
        assertThat(ids(concat(sent.toByteArray(), rest))).hasSize(i).endsWith(i);
        assertThat(Outbox.map(file).unsent(sent.size() + 1_000_000L)).isEmpty();
        assertThat(Outbox.map(file).unsent(-1)).isEmpty();
        socket.empty();
      }
    }
  }

  private static byte[] concat(byte[] some, byte[] others) {
    return ByteBuffer.allocate(some.length + others.length).put(some).put(others).array();
  }

  private static List<Integer> ids(byte[] bytes) throws IOException {
    FrameReader reader = FrameReader.ofParent(1_000);
    reader.fill(Channels.newChannel(new ByteArrayInputStream(bytes)));
    List<Integer> ids = new ArrayList<>();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      ids.add(frame.id());
    }
    return ids;
  }

  /** A socket with little room. */
  private static final class Thimble implements WritableByteChannel {
    private final ByteArrayOutputStream to;
    private final int size;
    private int room;

    Thimble(ByteArrayOutputStream to, int size) {
      this.to = to;
      this.size = size;
      this.room = size;
    }

    void empty() {
      room = size;
    }

    @Override
    public int write(ByteBuffer from) {
      byte[] taken = new byte[Math.min(room, from.remaining())];
      from.get(taken);
      to.writeBytes(taken);
      room -= taken.length;
      return taken.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
