package dev.heddle.benchmarks.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.sun.management.OperatingSystemMXBean;
import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.cluster.ClusterExecutor;
import dev.heddle.cluster.ClusterPool;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.cluster.MemberStats;
import dev.heddle.cluster.Placement;
import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The cluster pool beside {@code submitToMember} of Hazelcast with messages of the same length, on the same JVMs, in turn. */
public final class ClusterArea implements Area {
  private static final String AREA = "cluster";
  private static final String PEER = "submitToMember";
  private static final int ROUNDS = 5;
  private static final int FULL_ROUNDS = 7;
  private static final int ROUND_TRIPS = 2_000;
  private static final int TASKS = 10_000;
  private static final int IN_FLIGHT = 64;
  private static final int NODES = 3;
  private static final int SLOTS = 22; // of three nodes: as many as are in flight
  private static final int ITEMS = 100_000;
  private static final int SIMULATED = 16;

  /** Creates the area. */
  public ClusterArea() {}

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    List<Figure> rows = new ArrayList<>();
    String cluster = "bench-" + ProcessHandle.current().pid();
    List<BenchNode> nodes = new ArrayList<>();
    try {
      out.println(AREA + ": three nodes start");
      for (int i = 0; i < NODES; i++) {
        String join = nodes.isEmpty() ? "-" : nodes.getFirst().address();
        nodes.add(BenchNode.start(cluster, SLOTS, 1, join, nodes.isEmpty() ? "-" : nodes.getFirst().raw()));
      }
      try (ClusterExecutor pool = connect(cluster, nodes.getFirst().address())) {
        HazelcastInstance raw = RawHazelcast.start(cluster + "-raw", nodes.getFirst().raw(), true);
        try {
          rows.addAll(beside(pool, raw, out));
        } finally {
          raw.getLifecycleService().terminate();
        }
        rows.addAll(maps(pool, out));
        rows.addAll(losses(pool, nodes, out));
      }
    } finally {
      nodes.forEach(BenchNode::close);
    }
    rows.add(driverOf(SIMULATED, out));
    return rows;
  }

  private static ClusterExecutor connect(String cluster, String member) {
    return ClusterPool.connect(
        DriverOptions.of(BenchNode.options(cluster).withMembers(member)).withPatience(Duration.ofMinutes(2)));
  }

  // ---- beside the peer ----

  private static List<Figure> beside(ClusterExecutor pool, HazelcastInstance raw, PrintStream out) throws Exception {
    IExecutorService executor = raw.getExecutorService(RawHazelcast.EXECUTOR);
    List<Member> members = raw.getCluster().getMembers().stream().filter(each -> !each.isLiteMember()).toList();
    out.println(AREA + ": round trips, and 64 tasks in flight");
    return List.of(
        pairs("submit + result", "µs", 1e6, () -> seconds(ROUND_TRIPS, () -> {
          for (int i = 0; i < ROUND_TRIPS; i++) {
            int number = i;
            pool.submit(() -> number + 1).result();
          }
        }), () -> seconds(ROUND_TRIPS, () -> {
          for (int i = 0; i < ROUND_TRIPS; i++) {
            executor.submitToMember(new RawHazelcast.Task(), members.get(i % members.size())).get();
          }
        })),
        pairs("64 tasks in flight", "µs/task", 1e6, () -> seconds(TASKS, () -> inFlight(pool)),
            () -> seconds(TASKS, () -> inFlight(executor, members))));
  }

  private static void inFlight(ClusterExecutor pool) throws InterruptedException {
    Semaphore free = new Semaphore(IN_FLIGHT);
    for (int i = 0; i < TASKS; i++) {
      free.acquire();
      int number = i;
      pool.submit(() -> number + 1).addDoneCallback(_ -> free.release());
    }
    free.acquire(IN_FLIGHT);
  }

  private static void inFlight(IExecutorService executor, List<Member> members) throws InterruptedException {
    Semaphore free = new Semaphore(IN_FLIGHT);
    ExecutionCallback<byte[]> callback = new ExecutionCallback<>() {
      @Override
      public void onResponse(byte[] response) {
        free.release();
      }

      @Override
      public void onFailure(Throwable failure) {
        free.release();
      }
    };
    for (int i = 0; i < TASKS; i++) {
      free.acquire();
      executor.submitToMember(new RawHazelcast.Task(), members.get(i % members.size()), callback);
    }
    free.acquire(IN_FLIGHT);
  }

  /** Runs both in turn; the first pairs are for the compilers. */
  private static Figure pairs(String name, String unit, double scale, Callable<Double> heddle, Callable<Double> peer)
      throws Exception {
    int rounds = rounds();
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = -2; i < rounds; i++) {
      double one = heddle.call();
      double other = peer.call();
      if (i >= 0) {
        ours[i] = one;
        theirs[i] = other;
        ratios[i] = one / other;
      }
    }
    return new Figure(
        AREA, name, Pairs.median(ours) * scale, Pairs.median(theirs) * scale, PEER, unit, Pairs.median(ratios),
        DoubleStream.of(ratios).boxed().toList());
  }

  private static int rounds() {
    return Pairs.TURNS.isBound() ? FULL_ROUNDS : ROUNDS;
  }

  /** An action that may throw. */
  private interface Action {
    void run() throws Exception;
  }

  private static double seconds(int count, Action action) throws Exception {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1e9 / count;
  }

  // ---- maps ----

  private static List<Figure> maps(ClusterExecutor pool, PrintStream out) throws Exception {
    out.println(AREA + ": a map of small items");
    List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
    List<Integer> few = items.subList(0, ITEMS / 20);
    return List.of(
        new ThreeOf("map, chunks", "a task each", () -> seconds(ITEMS, () -> pool.map(i -> i + 1, items).toList()),
            () -> seconds(few.size(), () -> pool.map(MapOptions.defaults().withChunkSize(1), i -> i + 1, few).toList()))
            .figure());
  }

  /** A figure beside another way of Heddle's own. */
  private record ThreeOf(String name, String other, Callable<Double> ours, Callable<Double> theirs) {
    Figure figure() throws Exception {
      Figure pair = pairs(name, "µs/item", 1e6, ours, theirs);
      return new Figure(AREA, name, pair.heddle(), pair.peer(), other, pair.unit(), pair.ratio(), pair.ratios());
    }
  }

  // ---- losses ----

  /** How long it takes until the future of a task fails whose node is killed, and one whose node hangs. */
  private static List<Figure> losses(ClusterExecutor pool, List<BenchNode> nodes, PrintStream out) throws Exception {
    out.println(AREA + ": a node is killed, and one hangs");
    double killed = loss(pool, nodes.get(2), node -> node.process().destroyForcibly());
    double hung = loss(pool, nodes.get(1),
        node -> new ProcessBuilder("kill", "-STOP", "" + node.process().pid()).start().waitFor());
    return List.of(
        Figure.of(AREA, "loss noticed, node killed", killed, Double.NaN, "-", "ms"),
        Figure.of(AREA, "loss noticed, node hangs", hung, Double.NaN, "-", "ms"));
  }

  /** A mishap of a node. */
  private interface Harm {
    void to(BenchNode node) throws IOException, InterruptedException;
  }

  private static double loss(ClusterExecutor pool, BenchNode node, Harm harm) throws Exception {
    MemberStats its = pool.members().stream().filter(each -> each.address().equals(node.address())).findFirst()
        .orElseThrow();
    try (ClusterExecutor there = pool.on(new Placement(Set.of(), 1, 1, its.id()))) {
      Future<@Nullable Void> future = there.submit(() -> Thread.sleep(60_000));
      Thread.sleep(500);
      long start = System.nanoTime();
      harm.to(node);
      Throwable failure = future.exception(Duration.ofSeconds(60));
      if (failure == null) {
        throw new IllegalStateException("the task did not run on the node that was to be lost");
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }

  // ---- many members ----

  /** The processor time of a driver for each task, with as many members as said, whose tasks take 5 ms of no work. */
  private static Figure driverOf(int members, PrintStream out) throws Exception {
    out.println(AREA + ": one driver and " + members + " nodes");
    String cluster = "bench-many-" + ProcessHandle.current().pid();
    OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (BenchNode node = BenchNode.start(cluster, 4, members, "-", "none");
        ClusterExecutor pool = connect(cluster, node.address())) {
      while (pool.members().size() < members) {
        Thread.sleep(100);
      }
      double best = Double.MAX_VALUE;
      for (int i = 0; i < rounds(); i++) {
        long before = system.getProcessCpuTime();
        List<Future<@Nullable Void>> all = new ArrayList<>();
        for (int j = 0; j < TASKS; j++) {
          all.add(pool.submit(() -> Thread.sleep(5)));
        }
        for (Future<@Nullable Void> each : all) {
          each.result();
        }
        best = Math.min(best, (system.getProcessCpuTime() - before) / 1e3 / TASKS);
      }
      return Figure.of(AREA, "driver of " + members + " nodes, CPU", best, Double.NaN, "-", "µs/task");
    }
  }
}
