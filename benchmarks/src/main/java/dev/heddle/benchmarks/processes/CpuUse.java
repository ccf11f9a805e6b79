package dev.heddle.benchmarks.processes;

import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.process.ProcessExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The CPU time that processes use during an action, as the system counts it: in steps of 10 ms on Linux.
 *
 * @param parent of this program, in milliseconds for each second; 1000 are a core
 * @param workers of all workers together, likewise
 */
record CpuUse(double parent, double workers) {

  private static final int LOOKS = 5;

  /** Does something several times, and says what it typically cost: the compilers work in the background, too. */
  static CpuUse typically(ProcessExecutor pool, Callable<?> work) throws Exception {
    double[] parent = new double[LOOKS];
    double[] workers = new double[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      CpuUse use = during(pool, work);
      parent[i] = use.parent();
      workers[i] = use.workers();
    }
    return new CpuUse(Pairs.median(parent), Pairs.median(workers));
  }

  /** Does something, and says what it cost this process and the workers that the pool has before. */
  static CpuUse during(ProcessExecutor pool, Callable<?> work) throws Exception {
    List<ProcessHandle> workers = pool.workers().stream().flatMap(each -> ProcessHandle.of(each.pid()).stream()).toList();
    Supplier<Duration> own = () -> cpu(Stream.of(ProcessHandle.current()));
    Supplier<Duration> theirs = () -> cpu(workers.stream());
    Duration ownBefore = own.get();
    Duration theirsBefore = theirs.get();
    long start = System.nanoTime();
    work.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new CpuUse(
        own.get().minus(ownBefore).toMillis() / seconds, theirs.get().minus(theirsBefore).toMillis() / seconds);
  }

  private static Duration cpu(Stream<ProcessHandle> processes) {
    return processes
        .map(each -> each.info().totalCpuDuration().orElseThrow(
            () -> new IllegalStateException("process " + each.pid() + " has ended, or the system does not count CPU time")))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
