package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The life cycle of a future, which only its executor completes. */
final class E28LifeOfAFuture extends Recipe {
  E28LifeOfAFuture() {
    super(
        "The life of a future",
        """
            Only the executor completes it: there is no method to set a result, and its CompletableFuture is a copy.
            A callback is called on completion. result() throws what the task threw.""");
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(1)) {
      CountDownLatch go = new CountDownLatch(1);
      Future<String> flag = executor.submit(TaskOptions.named("flag"), () -> {
        go.await();
        return "BR";
      });
      flag.addDoneCallback(done -> out.println("called back with " + done + ": " + done.result()));

      CompletableFuture<String> copy = flag.toCompletableFuture();
      copy.complete("forged");
      out.println("the copy says " + copy.join() + ", the future is done: " + flag.isDone());
      go.countDown();
      out.println("the future says " + flag.result());

      Future<String> broken = executor.submit(TaskOptions.named("broken"), () -> {
        throw new IllegalStateException("no such country: XX");
      });
      try {
        broken.result();
      } catch (TaskFailedException failure) {
        out.println(broken + " threw " + failure.getCause());
      }
    }
  }
}
