package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for the thread that resumes a body: one at a time, any thread, with its interrupts. */
@Timeout(30)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class ResumingThreadContract extends EngineContract {
  ResumingThreadContract(TestedEngine engine) {
    super(engine);
  }

  @Test
  void next_fromTheBodyItself_isAlreadyExecuting() {
    List<Generator<Integer>> self = new ArrayList<>();
    Generator<Integer> g = generator(y -> y.yield(self.getFirst().next()));
    self.add(g);
    assertThatThrownBy(g::next)
        .isInstanceOf(GeneratorException.AlreadyExecuting.class)
        .hasMessageContaining("already executing");
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void close_fromTheBodyItself_isAlreadyExecuting() {
    List<Generator<Integer>> self = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          assertThatThrownBy(() -> self.getFirst().close())
              .isInstanceOf(GeneratorException.AlreadyExecuting.class);
          assertThatThrownBy(() -> self.getFirst().hasNext())
              .isInstanceOf(GeneratorException.AlreadyExecuting.class);
          y.yield(1);
        });
    self.add(g);
    assertThat(g.next()).isEqualTo(1);
  }

  @Test
  void next_fromAnotherThread_resumesForIt() throws Exception {
    Generator<Integer> g = generator(
        y -> {
          for (int i = 0; i < 4; i++) {
            y.yield(i);
          }
        });
    assertThat(g.next()).isEqualTo(0);
    assertThat(CompletableFuture.supplyAsync(g::next).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(g.next()).isEqualTo(2);
    assertThat(CompletableFuture.supplyAsync(g::next).get(10, TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void next_whileAnotherThreadRunsTheBody_isAlreadyExecuting() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Generator<String> g = generator(
        y -> {
          inside.countDown();
          assertThat(go.await(10, TimeUnit.SECONDS)).as("go").isTrue();
          y.yield("done");
        });
    CompletableFuture<String> other = CompletableFuture.supplyAsync(g::next);
    assertThat(inside.await(10, TimeUnit.SECONDS)).as("inside").isTrue();
    assertThat(g.state()).isEqualTo(GeneratorState.RUNNING);
    assertThatThrownBy(g::next).isInstanceOf(GeneratorException.AlreadyExecuting.class);
    go.countDown();
    assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("done");
  }

  @Test
  void interrupt_ofTheDriver_isSeenByTheBody() {
    Generator<Boolean> g = generator(
        y -> {
          while (true) {
            y.yield(Thread.currentThread().isInterrupted());
          }
        });
    assertThat(g.next()).isFalse();
    Thread.currentThread().interrupt();
    try {
      assertThat(g.next()).as("seen by the body").isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(g.next()).isFalse();
  }

  @Test
  void interrupts_inAnyMoment_comeBackToTheDriver() {
    Generator<Boolean> g = generator(
        y -> {
          while (true) {
            y.yield(Thread.currentThread().isInterrupted());
          }
        });
    for (int i = 0; i < 1_000; i++) {
      Thread.currentThread().interrupt();
      assertThat(g.next()).as("of round " + i + ", seen by the body").isTrue();
      assertThat(Thread.interrupted()).as("interrupt of round " + i).isTrue();
      assertThat(g.next()).as("of round " + i + ", seen in the next").isFalse();
    }
  }
}
