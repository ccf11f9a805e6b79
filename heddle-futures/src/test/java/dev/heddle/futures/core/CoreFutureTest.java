package dev.heddle.futures.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import dev.heddle.futures.Future.Status;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transitions of a future, what each asks of a subclass, and what each way of reading it gives; by one thread. */
@Timeout(60)
class CoreFutureTest {
  private final List<String> calls = new ArrayList<>();

  private final class Recorded extends CoreFuture<Integer> {
    private boolean withdraws = true;

    @Override
    public String name() {
      return "job";
    }

    @Override
    protected void stopRunning() {
      calls.add("stop");
    }

    @Override
    protected boolean withdraw() {
      calls.add("withdraw");
      return withdraws;
    }

    @Override
    protected void ended(Done outcome) {
      calls.add("ended");
    }

    @Override
    protected void callBack(Runnable callbacks) {
      calls.add("callBack");
      super.callBack(callbacks);
    }
  }

  private final Recorded future = new Recorded();

  private static List<Named<Done>> outcomes() {
    return List.of(
        named("success", new Success(1)), named("failure", new Failure(new IllegalStateException("no"))),
        named("cancelled", Cancelled.INSTANCE));
  }

  @Test
  void open_goesToRunningAndBack_onlyFromTheOther() {
    assertThat(future.status()).isEqualTo(Status.PENDING);
    assertThat(future.markPending()).isFalse();
    assertThat(future.markRunning()).isTrue();
    assertThat(future.status()).isEqualTo(Status.RUNNING);
    assertThat(future.isHeldUp()).isTrue();
    assertThat(future.markRunning()).isFalse();
    assertThat(future.completeIfPending(new Success(1))).isFalse();
    assertThat(future.markPending()).isTrue();
    assertThat(future.status()).isEqualTo(Status.PENDING);
    assertThat(future.isHeldUp()).isFalse();
    assertThat(future.isIdle()).isFalse();
    assertThat(future.completeIfPending(new Success(1))).isTrue();
    assertThat(future.isDone()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void done_staysAsItIs(Done outcome) {
    assertThat(future.isDone()).isFalse();
    assertThat(future.complete(outcome)).isTrue();
    String text = future.toString();
    for (Done later : Stream.of(new Success(2), new Failure(new IllegalStateException("late")), Cancelled.INSTANCE)
        .toList()) {
      assertThat(future.complete(later)).isFalse();
      assertThat(future.completeIfPending(later)).isFalse();
    }
    assertThat(future.markRunning()).isFalse();
    assertThat(future.markPending()).isFalse();
    assertThat(future.cancel(true)).isEqualTo(outcome == Cancelled.INSTANCE);
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isEqualTo(outcome == Cancelled.INSTANCE);
    assertThat(future.observe(done -> calls.add("observed"))).isFalse();
    assertThat(future).hasToString(text);
    assertThat(calls).as("once").containsExactly("ended");
  }

  @Test
  void observers_areTold_callbacksThroughTheHook() {
    assertThat(future.observe(done -> calls.add("observer"))).isTrue();
    future.addDoneCallback(done -> calls.add("callback " + done.result()));
    assertThat(future.observers()).isNotNull();
    future.complete(new Success(7));
    assertThat(calls).containsExactly("ended", "callBack", "observer", "callback 7");
    assertThat(future.observers()).isNull();
    future.addDoneCallback(done -> calls.add("at once"));
    assertThat(calls).endsWith("at once");
  }

  @Test
  void observerOfTheLibrary_andCancelledFutures_needNoHook() {
    future.observe(done -> calls.add("observer"));
    future.complete(new Success(7));
    assertThat(calls).containsExactly("ended", "observer");
    calls.clear();
    Recorded other = new Recorded();
    other.addDoneCallback(done -> calls.add("callback"));
    other.complete(Cancelled.INSTANCE);
    assertThat(calls).containsExactly("ended", "callback");
  }

  @Test
  void cancel_ofAPendingTask_withdrawsIt() {
    assertThat(future.cancel(false)).isTrue();
    assertThat(future.cancel(false)).as("again").isTrue();
    assertThat(calls).containsExactly("withdraw", "ended");
    assertThat(future.status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void cancel_ofATaskThatIsNotWithdrawn_cancelsOnlyByInterrupt() {
    future.withdraws = false;
    assertThat(future.cancel(false)).isFalse();
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.cancel(true)).isTrue();
    assertThat(calls).containsExactly("withdraw", "withdraw", "ended", "stop");
  }

  @Test
  void cancel_ofARunningTask_needsTheInterrupt() {
    future.markRunning();
    assertThat(future.cancel(false)).isFalse();
    assertThat(future.status()).isEqualTo(Status.RUNNING);
    assertThat(future.cancel(true)).isTrue();
    assertThat(calls).containsExactly("ended", "stop");
  }

  @Test
  void success_isReadInEachWay() throws Exception {
    var copy = future.toCompletableFuture();
    future.complete(new Success(5));
    assertThat(future.result()).isEqualTo(5);
    assertThat(future.result(Duration.ZERO)).isEqualTo(5);
    assertThat(future.get()).isEqualTo(5);
    assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo(5);
    assertThat(future.exception()).isNull();
    assertThat(future.exception(Duration.ZERO)).isNull();
    assertThat(future.failure()).isNull();
    assertThat(copy).isCompletedWithValue(5);
    assertThat(future).hasToString("<Future job state=finished returned Integer>");
  }

  @Test
  void failure_isReadInEachWay() {
    IllegalStateException cause = new IllegalStateException("no");
    var copy = future.toCompletableFuture();
    future.complete(new Failure(cause));
    assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(cause);
    assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class).hasCause(cause);
    assertThat(future.exception()).isSameAs(cause);
    assertThat(future.exception(Duration.ZERO)).isSameAs(cause);
    assertThat(future.failure()).isSameAs(cause);
    assertThatThrownBy(copy::join).isInstanceOf(CompletionException.class).hasCause(cause);
    assertThat(future).hasToString("<Future job state=finished raised IllegalStateException>");
  }

  @Test
  void pending_isNotRead() {
    assertThatThrownBy(() -> future.result(Duration.ZERO)).hasMessageContaining("task 'job'");
    assertThatThrownBy(() -> future.exception(Duration.ZERO)).hasMessageContaining("task 'job'");
    assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class)
        .hasMessageContaining("task 'job'");
    assertThat(future.failure()).isNull();
    assertThat(future).hasToString("<Future job state=pending>");
    future.cancel(false);
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThat(future).hasToString("<Future job state=cancelled>");
  }
}
