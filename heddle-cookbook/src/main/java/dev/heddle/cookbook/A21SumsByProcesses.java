package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.process.ProcessPool;
import java.io.PrintStream;

/** Four sums by {@code map} in worker processes; in Python this breaks the pool of an interactive session. */
final class A21SumsByProcesses extends Recipe {

  A21SumsByProcesses() {
    super(
        "Four sums by map on a pool of processes",
        """
            The same call as on threads (A20). A worker loads classes that it lacks from this program, so the call also works in
            jshell; in an interactive Python session the pool breaks (BrokenProcessPool).""");
  }

  @Override
  public void run(PrintStream out) {
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), A20SumsByMap.WORK_LIST.size());
    try (Executor executor = ProcessPool.of(workers)) {
      Stopwatch stopwatch = new Stopwatch();
      out.println("Result -> " + executor.map(Sums::upTo, A20SumsByMap.WORK_LIST).toList());
      out.printf("Took %.3f s, the start of %d processes included%n", stopwatch.seconds(), workers);
      stopwatch = new Stopwatch();
      out.println("Result -> " + executor.map(Sums::upTo, A20SumsByMap.WORK_LIST).toList());
      out.printf("Took %.3f s the second time%n", stopwatch.seconds());
    }
  }
}
