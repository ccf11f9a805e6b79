package dev.heddle.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PermitsTest {
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final BlockingQueue<String> got = new LinkedBlockingQueue<>();

  private Thread wait(Permits permits, UUID driver, int count, String name) throws InterruptedException {
    int before = permits.waiting();
    Thread thread = Thread.ofVirtual().start(() -> {
      try {
        permits.acquire(driver, count);
        got.add(name);
      } catch (InterruptedException e) {
        got.add("interrupted " + name);
      }
    });
    while (permits.waiting() == before) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private @Nullable String next() throws InterruptedException {
    return got.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void driversTakeTurns_howeverManyTasksOneHas() throws Exception {
    Permits permits = new Permits(1);
    permits.acquire(one, 1);
    for (int i = 1; i <= 4; i++) {
      wait(permits, one, 1, "one " + i);
    }
    wait(permits, other, 1, "other 1");
    wait(permits, other, 1, "other 2");
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      permits.release(1);
      order.add(next());
    }
    assertThat(order).containsExactly("one 1", "other 1", "one 2", "other 2", "one 3", "one 4");
    assertThat(permits.awaitIdle(0)).isFalse();
    permits.release(1);
    assertThat(permits.awaitIdle(0)).isTrue();
  }

  @Test
  void taskOfManySlots_isNotOvertakenOnceItIsItsTurn() throws Exception {
    Permits permits = new Permits(2);
    permits.acquire(one, 1);
    permits.acquire(one, 1);
    wait(permits, one, 2, "wide");
    wait(permits, other, 1, "narrow");
    permits.release(1);
    assertThat(got).isEmpty();
    permits.release(1);
    assertThat(next()).isEqualTo("wide");
    permits.release(2);
    assertThat(next()).isEqualTo("narrow");
  }

  @Test
  void interruptedWaiter_leavesItsTurnToOthers() throws Exception {
    Permits permits = new Permits(1);
    permits.acquire(one, 1);
    Thread first = wait(permits, one, 1, "first");
    wait(permits, other, 1, "second");
    first.interrupt();
    assertThat(next()).isEqualTo("interrupted first");
    permits.release(1);
    assertThat(next()).isEqualTo("second");
    permits.release(1);
    assertThat(permits.awaitIdle(0)).isTrue();
  }

  @Test
  void seat_interruptsTheTaskItIsMeantFor() {
    Seat seat = new Seat(1, ClassLoader.getSystemClassLoader());
    seat.interrupt(1); // overtook its task
    assertThat(seat.begin(1)).isFalse();
    assertThat(seat.begin(2)).isTrue();
    assertThat(seat.begin(2)).as("again").isFalse();
    seat.interrupt(1);
    assertThat(Thread.interrupted()).isFalse();
    seat.interrupt(2);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    seat.end();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(seat.begin(2)).as("replayed").isFalse();
  }
}
