package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Gate;
import dev.heddle.timeline.TimelineRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that come, leave, drain and are lost, over a network within this JVM. */
@Timeout(120)
class MembersTest {
  private static final AtomicInteger CALLS = new AtomicInteger();

  private final Clusters cluster = new Clusters();
  private final CrossProcessLatches latches = CrossProcessLatches.open();

  @AfterEach
  void close() {
    cluster.close();
    latches.close();
  }

  private Future<String> blocked(Executor pool, Gate release) throws InterruptedException {
    Gate started = latches.newGate();
    Future<String> future = pool.submit(() -> {
      started.open();
      release.await();
      return "released";
    });
    started.await();
    return future;
  }

  @Test
  void lostMember_failsExactlyItsTasks() throws Exception {
    ClusterNode one = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      Gate release = latches.newGate();
      Future<String> first = blocked(pool, release);
      ClusterNode _ = cluster.node(2);
      Future<String> second = blocked(pool, release);
      List<Future<Integer>> queued = IntStream.range(0, 20).mapToObj(i -> pool.submit(() -> i)).toList();

      cluster.network.lose(one.address());

      assertThat(first.exception()).isInstanceOfSatisfying(WorkerLostException.class, e -> {
        assertThat(e.member()).isEqualTo(one.address());
        assertThat(e.task()).isEqualTo(first.name());
        assertThat(e.attempt()).isEqualTo(1);
        assertThat(e).hasMessageContaining("may have run").hasMessageContaining("withRetry");
      });
      release.open();
      assertThat(second.result()).isEqualTo("released");
      assertThat(queued.stream().map(Future::result).toList()).hasSize(20);
    }
  }

  @Test
  void lostMember_withRetry_isNoLoss() throws Exception {
    ClusterNode one = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      Gate started = latches.newGate();
      Gate again = latches.newGate();
      CALLS.set(0);
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(2)), () -> {
        int call = CALLS.incrementAndGet();
        started.open();
        if (call == 1) {
          again.await();
        }
        return call;
      });
      started.await();
      cluster.network.lose(one.address());
      ClusterNode _ = cluster.node(1);
      assertThat(future.result()).isEqualTo(2);
      again.open();
    }
  }

  @Test
  void memberThatJoinsLate_getsWork() throws Exception {
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      Gate release = latches.newGate();
      Future<String> first = blocked(pool, release);
      Gate started = latches.newGate();
      Future<Integer> waiting = pool.submit(() -> {
        started.open();
        return 5;
      });
      ClusterNode _ = cluster.node(1);
      started.await();
      assertThat(waiting.result()).isEqualTo(5);
      release.open();
      assertThat(first.result()).isEqualTo("released");
    }
  }

  @Test
  void lateAnswer_isIgnored() throws Exception {
    ClusterNode one = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      Gate release = latches.newGate();
      Future<String> first = blocked(pool, release);
      cluster.network.lose(one.address());
      assertThat(first.exception()).isInstanceOf(WorkerLostException.class);
      release.open(); // it ends over there, and answers
      ClusterNode _ = cluster.node(1);
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      assertThat(first.exception()).isInstanceOf(WorkerLostException.class);
    }
  }

  @Test
  void withoutAnyMember_tasksFailAfterThePatience() {
    ClusterNode one = cluster.node(1);
    DriverOptions options = DriverOptions.of(cluster.options).withPatience(Duration.ofSeconds(1));
    try (ClusterExecutor pool = ClusterPool.connect(options)) {
      pool.submit(() -> 1).result();
      cluster.network.lose(one.address());
      assertThat(pool.submit(() -> 2).exception()).isInstanceOfAny(NoMemberException.class, WorkerLostException.class);
      assertThat(pool.submit(() -> 2).exception()).isInstanceOf(NoMemberException.class)
          .hasMessageContaining("within 1 s").hasMessageContaining("start a node");
      ClusterNode _ = cluster.node(1);
      assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
    }
  }

  @Test
  void connect_withoutAMember_saysWhatWasFound() {
    DriverOptions options = DriverOptions.of(cluster.options).withPatience(Duration.ofMillis(300));
    assertThatThrownBy(() -> ClusterPool.connect(options)).isInstanceOf(NoMemberException.class)
        .hasMessageContaining("no other member was found").hasMessageContaining("'heddle'");
  }

  @Test
  void lostDriver_losesItsTasksThere() throws Exception {
    ClusterNode node = cluster.node(1);
    ClusterExecutor gone = cluster.driver();
    Gate started = latches.newGate();
    Gate interrupted = latches.newGate();
    Future<Integer> _ = gone.submit(() -> {
      started.open();
      try {
        Thread.sleep(Duration.ofHours(1));
        return 1;
      } catch (InterruptedException e) {
        interrupted.open();
        throw e;
      }
    });
    started.await();
    cluster.network.members.values().stream().filter(each -> !each.worker).forEach(LocalNetwork.Member::vanish);
    interrupted.await();
    try (ClusterExecutor next = cluster.driver()) {
      assertThat(next.submit(() -> 2).result()).isEqualTo(2);
    }
    node.close();
    gone.shutdownNow();
    gone.close();
  }

  @Test
  void drain_letsTasksEndAndSendsOthersElsewhere() throws Exception {
    ClusterNode old = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver(); Executor aside = ThreadPool.virtual()) {
      Gate release = latches.newGate();
      Future<String> running = blocked(pool, release);
      ClusterNode _ = cluster.node(1);
      Gate draining = latches.newGate();
      cluster.network.answerTap = frame -> {
        draining.open();
        return frame;
      };
      Future<Boolean> drained = aside.submit(() -> old.drain(Clusters.LONG));
      draining.await();
      assertThat(pool.map(i -> i + 1, List.of(1, 2, 3, 4, 5)).toList()).containsExactly(2, 3, 4, 5, 6);
      assertThat(drained.isDone()).isFalse();
      release.open();
      assertThat(drained.result()).isTrue();
      old.close();
      assertThat(running.result()).isEqualTo("released");
      assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }
  }

  @Test
  void labelsAndSlots_choosePlaces() throws Exception {
    ClusterNode _ = cluster.node(1);
    ClusterNode gpu = cluster.node(4, "gpu", "large");
    try (ClusterExecutor pool = cluster.driver()) {
      while (pool.members().size() < 2) {
        Thread.onSpinWait();
      }
      try (ClusterExecutor labelled = pool.on(Placement.anywhere().withLabels("gpu"))) {
        assertThat(labelled.keep(() -> 1).result().address()).isEqualTo(gpu.address());
      }
      try (ClusterExecutor wide = pool.on(Placement.anywhere().withSlots(2))) {
        assertThat(wide.keep(() -> 1).result().address()).isEqualTo(gpu.address());
      }
      assertThatThrownBy(() -> pool.on(Placement.anywhere().withLabels("tpu"))).isInstanceOf(NoMemberException.class)
          .hasMessageContaining("[tpu]").hasMessageContaining("with labels").hasMessageContaining("start a node");
      assertThatThrownBy(() -> pool.on(Placement.anywhere().withSlots(5))).isInstanceOf(NoMemberException.class)
          .hasMessageContaining("5 slot(s)");
    }
  }

  @Test
  void labelThatIsGone_failsTasksAtOnce() throws Exception {
    ClusterNode _ = cluster.node(1);
    ClusterNode gpu = cluster.node(1, "gpu");
    try (ClusterExecutor pool = cluster.driver()) {
      while (pool.members().size() < 2) {
        Thread.onSpinWait();
      }
      try (ClusterExecutor labelled = pool.on(Placement.anywhere().withLabels("gpu"))) {
        assertThat(labelled.submit(() -> 1).result()).isEqualTo(1);
        cluster.network.lose(gpu.address());
        while (pool.members().size() > 1) {
          Thread.onSpinWait();
        }
        assertThat(labelled.submit(() -> 1).exception()).isInstanceOf(NoMemberException.class);
      }
    }
  }

  @Test
  void broadcast_isSentOncePerMember() {
    ClusterNode _ = cluster.node(4);
    AtomicInteger large = new AtomicInteger();
    cluster.network.answerTap = frame -> {
      if (frame.length > 100_000) {
        large.incrementAndGet();
      }
      return frame;
    };
    try (ClusterExecutor pool = cluster.driver()) {
      Broadcast<byte[]> shared = pool.broadcast(new byte[200_000]);
      assertThat(pool.map(i -> shared.value().length + i, IntStream.range(0, 50).boxed().toList()).toList()).hasSize(50);
      assertThat(large).hasValue(1);
      assertThat(shared.value()).hasSize(200_000);
      shared.close();
      assertThat(pool.submit(() -> shared.value().length).exception()).hasMessageContaining("was closed");
    }
  }

  @Test
  void keptResults_stayThereUntilReleased_andHaveALimit() {
    ClusterNode _ = ClusterNode.start(NodeOptions.of(cluster.options).withSlots(2).withMaxKept(100_000));
    try (ClusterExecutor pool = cluster.driver()) {
      Remote<byte[]> kept = pool.keep(() -> new byte[60_000]).result();
      assertThat(kept.bytes()).isGreaterThanOrEqualTo(60_000).isLessThan(61_000);
      assertThat(pool.on(Placement.anywhere().near(kept)).submit(() -> kept.value().length).result()).isEqualTo(60_000);
      assertThat(pool.members().getFirst().keptBytes()).isEqualTo(kept.bytes());
      assertThat(pool.keep(() -> new byte[60_000]).exception()).isInstanceOf(MemoryLimitException.class)
          .hasMessageContaining("maxKept").hasMessageContaining("release");
      assertThat(pool.fetch(kept)).hasSize(60_000);
      pool.release(kept);
      while (pool.members().getFirst().keptBytes() > 0) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> pool.fetch(kept)).isInstanceOf(ClusterException.class).hasMessageContaining("released");
      assertThat(pool.keep(() -> new byte[60_000]).result().bytes()).isGreaterThan(1);
    }
  }

  /** That they take turns is tested by PermitsTest. */
  @Test
  void twoDrivers_bothGoOn() throws Exception {
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor one = cluster.driver(); ClusterExecutor other = cluster.driver()) {
      Gate release = latches.newGate();
      Future<String> first = blocked(one, release);
      Future<Integer> waiting = other.submit(() -> 2);
      while (one.members().getFirst().waiting() < 1) {
        Thread.onSpinWait();
      }
      release.open();
      assertThat(waiting.result()).isEqualTo(2);
      assertThat(first.result()).isEqualTo("released");
    }
  }

  @Test
  void initializer_runsOncePerMember_andBreaksThePoolIfItFails() {
    ClusterNode _ = cluster.node(3);
    try (ClusterExecutor pool = cluster.driver()) {
      CALLS.set(0);
      try (Executor prepared = pool.on(Placement.anywhere(),
          PoolOptions.defaults().withInitializer(() -> CALLS.incrementAndGet()))) {
        assertThat(prepared.map(i -> CALLS.get(), IntStream.range(0, 30).boxed().toList()).toList()).containsOnly(1);
      }
      Executor broken = pool.on(Placement.anywhere(), PoolOptions.defaults().withInitializer(() -> {
        throw new IllegalStateException("no fonts");
      }));
      assertThat(broken.submit(() -> 1).exception()).isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining("no fonts");
      broken.close();
    }
  }

  @Test
  void flightRecorder_hasTheMembers() throws Exception {
    ClusterNode node = cluster.node(1);
    Path file = Files.createTempFile("cluster", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.heddle.Member");
      recording.start();
      try (ClusterExecutor pool = cluster.driver()) {
        pool.submit(() -> 1).result();
      }
      recording.stop();
      recording.dump(file);
      assertThat(RecordingFile.readAllEvents(file)).anySatisfy(each -> {
        assertThat(each.getEventType().getName()).isEqualTo("dev.heddle.Member");
        assertThat(each.getString("member")).isEqualTo(node.address());
        assertThat(each.getLong("tasks")).isEqualTo(1);
        assertThat(each.getBoolean("lost")).isFalse();
      });
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void timelineAndStats_nameTheMembers() {
    ClusterNode node = cluster.node(2);
    TimelineRecorder recorder = new TimelineRecorder();
    try (ClusterExecutor pool = ClusterPool.connect(cluster.driverOptions().withTimeline(recorder))) {
      pool.map(i -> i, IntStream.range(0, 10).boxed().toList()).toList();
      assertThat(pool.members()).singleElement().satisfies(each -> {
        assertThat(each.address()).isEqualTo(node.address());
        assertThat(each.slots()).isEqualTo(2);
        assertThat(each.finished()).isPositive();
        assertThat(each.pid()).isEqualTo(ProcessHandle.current().pid());
      });
    }
    assertThat(recorder.timeline().toText(100)).contains("member " + node.address() + " seat 1");
  }

  /** Members are lost and come back at random: each future ends once, and with retries none fails. */
  @Test
  void chaos_losesNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<ClusterNode> nodes = new ArrayList<>(List.of(cluster.node(2), cluster.node(2), cluster.node(2)));
    AtomicInteger ends = new AtomicInteger();
    try (ClusterExecutor pool = cluster.driver()) {
      List<Future<Integer>> all = new ArrayList<>();
      TaskOptions options = TaskOptions.defaults().withRetry(Retry.times(50));
      for (int i = 0; i < 10_000; i++) {
        int number = i;
        Future<Integer> each = pool.submit(options, () -> number);
        each.addDoneCallback(_ -> ends.incrementAndGet());
        all.add(each);
        if (i % 500 == 250) {
          cluster.network.lose(nodes.remove(random.nextInt(nodes.size())).address());
          nodes.add(cluster.node(2));
        }
      }
      Set<Integer> results = new HashSet<>();
      for (Future<Integer> each : all) {
        results.add(each.result(Clusters.LONG));
      }
      assertThat(results).hasSize(10_000);
    }
    assertThat(ends).hasValue(10_000);
  }
}
