package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Takes results in the order of completion. */
final class A23AsCompleted extends Recipe {
  static final List<Long> WORK_LIST = List.of(1_000_000_000L, 100_000L, 10_000L, 10_000_000L);

  private final TaskFunction<Long, Long> sum;

  A23AsCompleted() {
    this(Sums::upTo);
  }

  A23AsCompleted(TaskFunction<Long, Long> sum) {
    super(
        "Take results in the order of completion",
        "The longest sum was submitted first and comes last. Each future says whether it is done or cancelled.");
    this.sum = sum;
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(WORK_LIST.size())) {
      List<Future<Long>> futures = new ArrayList<>();
      for (long work : WORK_LIST) {
        Future<Long> future = executor.submit(() -> sum.apply(work));
        futures.add(future);
        out.println("Scheduled for " + work + " : " + future);
      }
      for (Future<Long> future : Futures.asCompleted(futures)) {
        out.println();
        out.println("Future Result : " + future.result() + ", Done : " + future.isDone());
        out.println("Future Cancelled : " + future.isCancelled());
      }
    }
  }
}
