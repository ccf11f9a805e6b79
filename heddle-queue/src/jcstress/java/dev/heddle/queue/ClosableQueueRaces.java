package dev.heddle.queue;

import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.blocking.Store;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Races of a queue's operations on platform threads, millions of times each: what may be seen, and nothing else.
 *
 * <p>The queues do not spin, so that waiting threads park. A wake-up that is lost shows as a test that hangs.
 */
public final class ClosableQueueRaces {
  private static final int REFUSED = -1;
  private static final int NOTHING = -2;

  private ClosableQueueRaces() {}

  private static LockedQueue<Integer> queue(int capacity) {
    return new LockedQueue<>(new Store.Fifo<>(), capacity, 0);
  }

  private static int put(ClosableQueue<Integer> queue, int item) {
    try {
      queue.put(item);
      return item;
    } catch (QueueClosedException e) {
      return REFUSED;
    } catch (InterruptedException e) {
      throw new IllegalStateException("no interrupts here", e);
    }
  }

  private static int take(ClosableQueue<Integer> queue) {
    try {
      return queue.take();
    } catch (QueueClosedException e) {
      return e.getCause() == null ? NOTHING : REFUSED;
    } catch (InterruptedException e) {
      throw new IllegalStateException("no interrupts here", e);
    }
  }

  private static int left(ClosableQueue<Integer> queue) {
    return queue.closeNow().size();
  }

  /** Two putters, one place, no waiting: one of them gets it. */
  @JCStressTest
  @Outcome(id = {"1, 0, 1", "0, 1, 1"}, expect = Expect.ACCEPTABLE, desc = "one has put, one was turned away")
  @Outcome(expect = Expect.FORBIDDEN, desc = "a place for two, or for none")
  @State
  public static class TwoOffers {
    private final LockedQueue<Integer> queue = queue(1);

    @Actor
    public void first(III_Result r) {
      r.r1 = queue.offer(1) ? 1 : 0;
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = queue.offer(2) ? 1 : 0;
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = left(queue);
    }
  }

  /** Two takers, one item: one of them gets it. */
  @JCStressTest
  @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "one has it")
  @Outcome(expect = Expect.FORBIDDEN, desc = "taken twice, or lost")
  @State
  public static class TwoPolls {
    private final LockedQueue<Integer> queue = queue(2);

    public TwoPolls() {
      queue.offer(1);
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = queue.poll() == null ? 0 : 1;
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = queue.poll() == null ? 0 : 1;
    }
  }

  /** What was written before an item was put is visible after taking it. */
  @JCStressTest
  @Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "seen")
  @Outcome(expect = Expect.FORBIDDEN, desc = "not published")
  @State
  public static class HandOver {
    private final LockedQueue<Integer> queue = queue(1);
    private int plain;

    @Actor
    public void putter() {
      plain = 7;
      put(queue, 1);
    }

    @Actor
    public void taker(org.openjdk.jcstress.infra.results.I_Result r) {
      take(queue);
      r.r1 = plain;
    }
  }

  /** A queue of one place: the putter parks, the taker parks, each wakes the other. */
  @JCStressTest
  @Outcome(id = "1, 2, 3, 0", expect = Expect.ACCEPTABLE, desc = "all, in order")
  @Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, or out of order")
  @State
  public static class OnePlace {
    private final LockedQueue<Integer> queue = queue(1);

    @Actor
    public void putter() {
      put(queue, 1);
      put(queue, 2);
      put(queue, 3);
    }

    @Actor
    public void taker(IIII_Result r) {
      r.r1 = take(queue);
      r.r2 = take(queue);
      r.r3 = take(queue);
    }

    @Arbiter
    public void end(IIII_Result r) {
      r.r4 = left(queue);
    }
  }

  /** Two putters wait for the one place that a taker frees twice: both proceed. */
  @JCStressTest
  @Outcome(id = {"1, 2, 3", "1, 3, 2", "2, 1, 3"}, expect = Expect.ACCEPTABLE, desc = "all, each putter's in order")
  @Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, or out of order")
  @State
  public static class TwoPuttersOneTaker {
    private final LockedQueue<Integer> queue = queue(1);

    @Actor
    public void first() {
      put(queue, 1);
      put(queue, 3);
    }

    @Actor
    public void second() {
      put(queue, 2);
    }

    @Actor
    public void taker(III_Result r) {
      r.r1 = take(queue);
      r.r2 = take(queue);
      r.r3 = take(queue);
    }
  }

  /** An item is either put, and then there after the close, or refused. */
  @JCStressTest
  @Outcome(id = {"1, 1", "-1, 0"}, expect = Expect.ACCEPTABLE, desc = "put and there, or refused")
  @Outcome(expect = Expect.FORBIDDEN, desc = "lost, or put although refused")
  @State
  public static class PutAgainstClose {
    private final LockedQueue<Integer> queue = queue(1);

    @Actor
    public void putter(II_Result r) {
      r.r1 = put(queue, 1);
    }

    @Actor
    public void closer() {
      queue.close();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = left(queue);
    }
  }

  /** What was put before is returned by closeNow, and nothing remains. */
  @JCStressTest
  @Outcome(id = {"1, 1, 0", "-1, 0, 0"}, expect = Expect.ACCEPTABLE, desc = "put and handed back, or refused")
  @Outcome(expect = Expect.FORBIDDEN, desc = "lost or left behind")
  @State
  public static class PutAgainstCloseNow {
    private final LockedQueue<Integer> queue = queue(1);

    @Actor
    public void putter(III_Result r) {
      r.r1 = put(queue, 1);
    }

    @Actor
    public void closer(III_Result r) {
      r.r2 = queue.closeNow().size();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = left(queue);
    }
  }

  /** A putter that waits for space gets the close; the item that was there stays. */
  @JCStressTest
  @Outcome(id = "-1, 9, -2", expect = Expect.ACCEPTABLE, desc = "refused; the rest can be taken, then the end")
  @Outcome(expect = Expect.FORBIDDEN, desc = "put into a full queue, or the rest lost")
  @State
  public static class WaitingPutterAgainstClose {
    private final LockedQueue<Integer> queue = queue(1);

    public WaitingPutterAgainstClose() {
      queue.offer(9);
    }

    @Actor
    public void putter(III_Result r) {
      r.r1 = put(queue, 1);
    }

    @Actor
    public void closer() {
      queue.close();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r2 = take(queue);
      r.r3 = take(queue);
    }
  }

  /** Two takers wait, and both are told of the error. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "both have the error")
  @Outcome(expect = Expect.FORBIDDEN, desc = "one of them has not")
  @State
  public static class TakersAgainstCloseWithError {
    private final LockedQueue<Integer> queue = queue(1);

    @Actor
    public void first(II_Result r) {
      r.r1 = take(queue);
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = take(queue);
    }

    @Actor
    public void closer() {
      queue.closeWithError(new IllegalStateException("broken"));
    }
  }

  /** Who joins sees what the workers wrote before they said that they were done. */
  @JCStressTest
  @Outcome(id = "3, 4", expect = Expect.ACCEPTABLE, desc = "both seen")
  @Outcome(expect = Expect.FORBIDDEN, desc = "joined too early, or not published")
  @State
  public static class Join {
    private final LockedQueue<Integer> queue = queue(2);
    private int one;
    private int two;

    public Join() {
      queue.offer(3);
      queue.offer(4);
    }

    @Actor
    public void worker() {
      one = take(queue);
      queue.taskDone();
      two = take(queue);
      queue.taskDone();
    }

    @Actor
    public void joiner(II_Result r) {
      try {
        queue.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("no interrupts here", e);
      }
      r.r1 = one;
      r.r2 = two;
    }
  }
}
