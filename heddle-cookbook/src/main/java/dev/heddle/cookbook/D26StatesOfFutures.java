package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Four futures of one worker: one runs, the others are pending. */
final class D26StatesOfFutures extends Recipe {
  static final List<Long> WORK_LIST = List.of(100_000L, 1_000_000L, 10_000_000L, 100_000_000L);

  private final TaskFunction<Long, Long> sum;

  D26StatesOfFutures() {
    this(Sums::upTo);
  }

  D26StatesOfFutures(TaskFunction<Long, Long> sum) {
    super(
        "The states of futures on one worker",
        "A future is pending until the one worker comes to it, then running, then finished.");
    this.sum = sum;
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(1)) {
      List<Future<Long>> futures = new ArrayList<>();
      for (long work : WORK_LIST) {
        Future<Long> future = executor.submit(() -> sum.apply(work));
        futures.add(future);
        out.println("Scheduled for " + work + " : " + future);
      }
      Futures.wait(futures, ReturnWhen.FIRST_COMPLETED);
      out.println("After the first : " + futures);
      Futures.wait(futures);
      out.println("After all : " + futures);
      out.println(futures.stream().map(Future::result).toList());
    }
  }
}
