package dev.heddle.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.codec.TestErrors.RemoteStandIn;
import dev.heddle.codec.TestErrors.RemoteTrace;
import dev.heddle.codec.TestErrors.ResultNotSent;
import dev.heddle.codec.TestErrors.ResultRefused;
import dev.heddle.codec.apps.Mishaps;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Effort;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

@Bounded(seconds = 60)
class FailuresTest {
  private final Ends ends = new Ends();

  @Test
  void exception_keepsItsTypeAndGetsTheRemoteTrace() {
    Throwable back = ends.fail(new IllegalStateException("broken", new IOException("disk")));
    assertThat(back).isInstanceOf(IllegalStateException.class).hasMessage("broken");
    assertThat(back.getCause()).isInstanceOf(IOException.class).hasMessage("disk");
    assertThat(back)
        .rootCause()
        .isInstanceOf(RemoteTrace.class)
        .asString()
        .startsWith("in worker process " + ProcessHandle.current().pid() + ", task 't':\n")
        .contains("java.lang.IllegalStateException: broken\n\tat " + FailuresTest.class.getName())
        .contains("Caused by: java.io.IOException: disk");
    assertThat(back.getStackTrace()[0].getMethodName()).isEqualTo("exception_keepsItsTypeAndGetsTheRemoteTrace");
  }

  @Test
  void exception_ofTheApplication_keepsItsType() {
    Throwable back = ends.fail(new Mishaps.Coded(42));
    assertThat(back).isInstanceOf(Mishaps.Coded.class);
    assertThat(((Mishaps.Coded) back).code()).isEqualTo(42);
    assertThat(back).hasRootCauseInstanceOf(RemoteTrace.class);
  }

  @Test
  void exception_withoutRoomForACause_getsASuppressedTrace() {
    Throwable back = ends.fail(new RuntimeException("no cause", null));
    assertThat(back.getSuppressed()).singleElement().isInstanceOf(RemoteTrace.class);
    assertThat(ends.fail(new Mishaps.Bare())).isInstanceOf(Mishaps.Bare.class);
  }

  @Test
  void exception_notSerializable_comesAsText() {
    Throwable back = ends.fail(new Mishaps.Holding());
    assertThat(back)
        .isInstanceOf(RemoteStandIn.class)
        .hasMessageContaining("Mishaps$Holding: holds a thread")
        .hasMessageContaining("thread: java.lang.Thread works within one process only")
        .hasCauseInstanceOf(RemoteTrace.class);
    assertThat(((RemoteStandIn) back).className()).isEqualTo(Mishaps.Holding.class.getName());
    assertThat(((RemoteStandIn) back).remoteMessage()).isEqualTo("holds a thread");
  }

  @Test
  void exception_whoseMethodsThrow() {
    assertThat(ends.fail(new Mishaps.Hostile()).getClass()).isEqualTo(Mishaps.Hostile.class);
    assertThat(ends.fail(new Mishaps.Unwriting())).isInstanceOf(RemoteStandIn.class).hasMessageContaining("no pen");
    assertThat(ends.fail(new Mishaps.Unreading()))
        .isInstanceOf(RemoteStandIn.class)
        .hasMessageContaining("not accepted from a worker");
    assertThat(System.getProperty("heddle.unreading")).isNull();
  }

  @Test
  void causes_deepOrInACircle() {
    Throwable deep = new IOException("0");
    for (int i = 1; i < 20_000; i++) {
      deep = new IOException("" + i, deep);
    }
    assertThat(ends.fail(deep)).isInstanceOf(RemoteStandIn.class).hasMessageStartingWith("java.io.IOException: 19999");
    IOException a = new IOException("a");
    RuntimeException b = new RuntimeException("b", a);
    a.initCause(b);
    Throwable back = ends.fail(a);
    assertThat(back).isInstanceOf(IOException.class).hasMessage("a");
    assertThat(back.getCause()).isInstanceOf(RuntimeException.class).hasCause(back);
    assertThat(back.getSuppressed()).singleElement().isInstanceOf(RemoteTrace.class);
  }

  @Test
  void message_huge_isCut() {
    Throwable back = ends.fail(new IllegalStateException("x".repeat(5_000_000)));
    assertThat(back).isInstanceOf(RemoteStandIn.class);
    assertThat(back.getMessage()).hasSizeLessThan(70_000).contains("more characters");
    assertThat(back).cause().asString().hasSizeLessThan(70_000);
  }

  @Test
  void deepRecursion_keepsItsType() {
    Throwable back = ends.fail(Mishaps.recurse()); // made by the virtual machine: it takes no cause
    assertThat(back).isInstanceOf(StackOverflowError.class);
    assertThat(back.getStackTrace()[0].getMethodName()).isEqualTo("depth");
  }

  @Test
  void results_beforeAFailureThatCannotBeSent_come() {
    Throwable back = ends.fail(new PartialFailure(new Object[]{1, "two"}, new Mishaps.Holding()));
    assertThat(back).isInstanceOf(PartialFailure.class).hasCauseInstanceOf(RemoteStandIn.class);
    assertThat(((PartialFailure) back).results()).containsExactly(1, "two");
    Throwable first = ends.fail(new PartialFailure(new Object[]{new Thread()}, new IOException("later")));
    assertThat(first).isInstanceOf(ResultNotSent.class);
    assertThat(first.getSuppressed()).hasAtLeastOneElementOfType(IOException.class);
  }

  @Test
  void bytes_mutated_neverThrow() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Throwable failure = new PartialFailure(new Object[]{1}, new IllegalStateException("broken", new Mishaps.Coded(1)));
    byte[] good = ends.worker.failures().encode(failure, "t");
    for (int i = 0; i < 3000 * Effort.FACTOR; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      assertThat(ends.parent.failures().decode(bad)).as("seed %d, round %d", seed, i).isInstanceOf(Throwable.class);
    }
    assertThat(ends.parent.failures().decode(new byte[0])).isInstanceOf(ResultRefused.class);
  }
}
