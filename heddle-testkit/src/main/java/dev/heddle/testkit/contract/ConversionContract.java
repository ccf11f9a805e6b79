package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The contract of the conversions to and from {@link CompletableFuture}; only the executor completes a future. */
public interface ConversionContract extends ExecutorContract {

  @Test
  default void toCompletableFuture_completesAsTheTaskDoes() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      CompletableFuture<String> good = submitBlocked(pool, release).toCompletableFuture();
      assertThat(good).isNotDone();
      release.open();
      assertThat(good.get()).isEqualTo("released");
      CompletableFuture<String> bad = pool.<String>submit(() -> { throw new IOException("bad"); }).toCompletableFuture();
      assertThatThrownBy(bad::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("bad");
    }
  }

  @Test
  default void toCompletableFuture_ofACancelledTask_isCancelled() throws Exception {
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      Future<String> future = submitBlocked(pool, never);
      CompletableFuture<String> before = future.toCompletableFuture();
      future.cancel(true);
      assertThat(before).isCancelled();
      assertThat(future.toCompletableFuture()).isCancelled();
    }
  }

  @Test
  default void toCompletableFuture_isACopy() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      future.toCompletableFuture().complete("forged");
      future.toCompletableFuture().completeExceptionally(new IOException("forged"));
      future.toCompletableFuture().cancel(true);
      assertThat(future.toCompletableFuture()).isNotSameAs(future.toCompletableFuture());
      assertThat(future.status()).as("only the executor completes a future").isEqualTo(Status.RUNNING);
      release.open();
      assertThat(future.result()).isEqualTo("released");
      CompletableFuture<String> late = future.toCompletableFuture();
      late.obtrudeValue("forged");
      assertThat(future.result()).isEqualTo("released");
    }
  }

  @Test
  default void toCompletableFuture_chains() throws Exception {
    try (Executor pool = newExecutor(1)) {
      assertThat(pool.submit(() -> 20).toCompletableFuture().thenApply(n -> n + 1).thenApply(n -> n * 2).get())
          .isEqualTo(42);
    }
  }

  @Test
  default void from_aStage_endsAsItDoes() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    Future<String> good = Future.from(stage);
    assertThat(good.status()).isEqualTo(Status.PENDING);
    assertThat(good).asString().contains("pending");
    stage.complete("done");
    assertThat(good.result()).isEqualTo("done");

    Future<String> bad = Future.from(CompletableFuture.failedFuture(new IOException("bad")));
    assertThatThrownBy(bad::result).isInstanceOf(TaskFailedException.class).hasCauseInstanceOf(IOException.class);
  }

  @Test
  default void from_aDependentStage_hasWhatWasThrownAndNoWrapper() {
    CompletableFuture<String> first = new CompletableFuture<>();
    Future<String> dependent = Future.from(first.thenApply(text -> text + "!"));
    first.completeExceptionally(new IOException("bad"));
    assertThat(dependent.exception()).isInstanceOf(IOException.class);

    CompletableFuture<String> cancelled = new CompletableFuture<>();
    Future<String> dependentOnCancelled = Future.from(cancelled.thenApply(text -> text + "!"));
    cancelled.cancel(true);
    assertThat(dependentOnCancelled.isCancelled()).isTrue();
  }

  @Test
  default void from_cancelling_goesBothWays() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    Future<String> future = Future.from(stage);
    stage.cancel(true);
    assertThat(future.isCancelled()).isTrue();
    assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);

    for (boolean interrupt : new boolean[]{true, false}) {
      CompletableFuture<String> other = new CompletableFuture<>();
      assertThat(Future.from(other).cancel(interrupt)).isTrue();
      assertThat(other).isCancelled();
    }
  }

  @Test
  default void from_aStageThatIsNoCompletableFuture_canBeCancelledAndWaitedFor() {
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletionStage<String> shy = new CompletableFuture<String>() {
      @Override
      public CompletableFuture<String> toCompletableFuture() {
        throw new UnsupportedOperationException("not convertible, on purpose");
      }
    };
    Tally told = Tally.local();
    Future<String> future = Future.from(shy);
    future.addDoneCallback(_ -> told.hit());
    assertThat(future.cancel()).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThat(told.count()).as("callbacks run").isEqualTo(1);

    Future<String> minimal = Future.from(source.minimalCompletionStage());
    source.complete("done");
    assertThat(minimal.result()).isEqualTo("done");
  }

  @Test
  default void from_andBack_isTheSameResult() throws Exception {
    try (Executor pool = newExecutor(1)) {
      Future<Integer> there = pool.submit(() -> 7);
      assertThat(Future.from(there.toCompletableFuture()).result()).isEqualTo(7);
    }
  }
}
