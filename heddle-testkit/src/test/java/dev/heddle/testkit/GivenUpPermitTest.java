package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Threads that stop waiting for a permit: none is lost. */
@Bounded
class GivenUpPermitTest {
  private final Limit one = Limit.concurrent(1);
  private final Permit held = one.acquire().result();

  private void nothingIsLost() {
    assertThat(one.toString()).endsWith("1 held, 0 waiting>");
    held.close();
    assertThat(one.toString()).endsWith("0 held, 0 waiting>");
  }

  @Test
  void timeOut_givesUpThePlace() {
    assertThatThrownBy(() -> one.acquire().result(Duration.ZERO)).isInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("its place in the queue was given up");
    assertThatThrownBy(() -> one.and(Limit.concurrent(1)).acquire().result(Duration.ofMillis(1)))
        .isInstanceOf(WaitTimeoutException.class);
    assertThatThrownBy(() -> one.acquire().get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class)
        .hasMessageContaining("its place in the queue was given up");
    nothingIsLost();
  }

  @Test
  void interrupt_givesUpThePlace() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> one.acquire().result()).isInstanceOf(WaitInterruptedException.class)
        .hasMessageContaining("its place in the queue was given up");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThatThrownBy(() -> one.acquire().get()).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    nothingIsLost();
  }

  @Test
  void exceptionWithATimeOut_keepsThePlace() {
    Future<Permit> wanted = one.acquire();
    assertThatThrownBy(() -> wanted.exception(Duration.ZERO)).isInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("its place in the queue is kept");
    Thread.currentThread().interrupt();
    assertThatThrownBy(wanted::exception).isInstanceOf(WaitInterruptedException.class)
        .hasMessageContaining("its place in the queue is kept");
    assertThat(Thread.interrupted()).isTrue();
    held.close();
    wanted.result().close();
    assertThat(one.toString()).endsWith("0 held, 0 waiting>");
  }

  @Test
  void copyThatEndsOtherwise_givesUpThePlace() {
    one.acquire().toCompletableFuture().cancel(false);
    one.acquire().toCompletableFuture().completeExceptionally(new TimeoutException());
    CompletableFuture<Permit> granted = one.acquire().toCompletableFuture();
    held.close();
    granted.join().close();
    assertThat(one.toString()).endsWith("0 held, 0 waiting>");
  }
}
