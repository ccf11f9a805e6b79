package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many putters and takers on both kinds of threads, with time-outs, interrupts and closes at random moments: each item that
 * was put is taken or returned once, and every thread comes to an end.
 */
final class QueueStressTest {

  @Test
  @Bounded(seconds = 60)
  void randomClosesAndInterrupts_forASecond_loseNothing() throws Exception {
    stress(Duration.ofSeconds(1));
  }

  @Test
  @Tag("long")
  @Bounded(seconds = 240)
  void randomClosesAndInterrupts_forTwoMinutes_loseNothing() throws Exception {
    stress(Duration.ofMinutes(2));
  }

  private static void stress(Duration time) throws Exception {
    long seed = System.nanoTime();
    System.out.println("QueueStressTest: seed " + seed);
    Random random = new Random(seed);
    long end = System.nanoTime() + time.toNanos();
    for (int round = 0; System.nanoTime() < end; round++) {
      new Round(random.nextLong(), "seed " + seed + ", round " + round).run();
    }
  }

  /** One queue from its making to its end. */
  private static final class Round {
    private final Random random;
    private final String name;
    private final ClosableQueue<Integer> queue;
    private final List<Integer> put = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> taken = Collections.synchronizedList(new ArrayList<>());

    Round(long seed, String name) {
      this.random = new Random(seed);
      this.name = name;
      int capacity = 1 + random.nextInt(8);
      this.queue = switch (random.nextInt(4)) {
        case 0 -> ClosableQueue.lifo(capacity);
        case 1 -> ClosableQueue.priority(capacity, Comparator.naturalOrder());
        default -> ClosableQueue.fifo(capacity);
      };
    }

    void run() throws Exception {
      List<Threads.Started<Boolean>> all = new ArrayList<>();
      int putters = 1 + random.nextInt(3);
      for (int i = 0; i < putters; i++) {
        int first = i * 1_000_000;
        all.add(threads().run(() -> putFrom(first)));
      }
      int takers = 1 + random.nextInt(3);
      for (int i = 0; i < takers; i++) {
        int kind = random.nextInt(3);
        all.add(threads().run(() -> take(kind)));
      }
      int disturbances = random.nextInt(20);
      for (int i = 0; i < disturbances; i++) {
        all.get(random.nextInt(all.size())).thread.interrupt();
        busy(random.nextInt(20_000));
      }
      if (random.nextBoolean()) {
        taken.addAll(queue.closeNow());
      } else {
        queue.close();
      }
      for (Threads.Started<Boolean> each : all) {
        each.result();
      }
      taken.addAll(queue.closeNow()); // what an iteration has put back
      assertThat(taken).as(name).containsExactlyInAnyOrderElementsOf(put);
    }

    private Threads threads() {
      return random.nextBoolean() ? Threads.VIRTUAL : Threads.PLATFORM;
    }

    private static void busy(int spins) {
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait();
      }
    }

    private void putFrom(int first) {
      for (int i = first; i < first + 500; i++) {
        try {
          switch (i % 3) {
            case 0 -> {
              queue.put(i);
              put.add(i);
            }
            case 1 -> {
              if (queue.offer(i)) {
                put.add(i);
              }
            }
            default -> {
              if (queue.offer(i, Duration.ofNanos(i % 50_000))) {
                put.add(i);
              }
            }
          }
        } catch (InterruptedException e) {
          // it was not put
        } catch (QueueClosedException e) {
          return;
        }
      }
    }

    private void take(int kind) {
      while (true) {
        try {
          switch (kind) {
            case 0 -> taken.add(queue.take());
            case 1 -> {
              Integer item = queue.poll(Duration.ofNanos(10_000));
              if (item != null) {
                taken.add(item);
              }
            }
            default -> iterate();
          }
        } catch (InterruptedException | QueueInterruptedException e) {
          Thread.interrupted(); // an iteration sets it again
        } catch (QueueClosedException e) {
          return;
        }
        if (kind == 2 && queue.isClosed() && queue.isEmpty()) {
          return;
        }
      }
    }

    /** Takes some items, and closes the iteration with one more in its hand. */
    private void iterate() {
      try (var items = queue.iterator()) {
        for (int i = 0; items.hasNext() && i < 10; i++) {
          taken.add(items.next());
        }
      }
    }
  }
}
