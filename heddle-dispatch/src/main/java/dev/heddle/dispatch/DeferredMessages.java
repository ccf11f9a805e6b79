package dev.heddle.dispatch;

import dev.heddle.base.ModuleLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The follow-up actions of a worker's messages. Threads that help run their {@linkplain WorkerChannel.Share share} and leave
 * the rest to the channel's thread. Thread-safe.
 *
 * <p>What a task has printed is always left, since listeners may take their time; so is everything after it until it has
 * been handed over, since that must happen before the task ends.
 */
public final class DeferredMessages {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private static final int MOST_PRINTS_LEFT = 256;

  private final Runnable wake;
  private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
  private final AtomicInteger printsLeft = new AtomicInteger();

  /**
   * Creates an empty queue.
   *
   * @param wake makes the channel's thread {@link #run}
   */
  public DeferredMessages(Runnable wake) {
    this.wake = wake;
  }

  /** Runs what was left; for the channel's thread. */
  public void run() {
    for (Runnable action = left.poll(); action != null; action = left.poll()) {
      runSafely(action);
    }
  }

  /**
   * Whether the channel's thread has so many prints left to hand over that no other thread should read more: what a worker
   * prints waits in the worker then.
   */
  public boolean isBehind() {
    return printsLeft.get() > MOST_PRINTS_LEFT;
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) { // of a listener, or out of memory: the other messages are delivered all the same
      LOG.ignored("acting on a message of a worker", e);
    }
  }

  private void perform(Runnable action, WorkerChannel.Share share) {
    try {
      share.perform(action);
    } catch (VirtualMachineError e) { // of a thread that does this for others: the channel's own has another stack
      leaveOrRun(action);
    } catch (Throwable e) { // of a listener: the other messages are delivered all the same
      LOG.ignored("acting on a message of a worker", e);
    }
  }

  private void leaveOrRun(Runnable action) {
    try {
      left.add(action);
    } catch (VirtualMachineError e) {
      runSafely(action);
      return;
    }
    wake.run();
  }

  /** The handing over of something that a task has printed. */
  private final class Print implements Runnable {
    private final Runnable handOver;
    private boolean left;

    Print(Runnable handOver) {
      this.handOver = handOver;
    }

    /** It is about to be left to the channel's thread. */
    void leave() {
      left = true;
      printsLeft.incrementAndGet();
    }

    @Override
    public void run() {
      try {
        handOver.run();
      } finally {
        if (left) {
          printsLeft.decrementAndGet();
        }
      }
    }
  }

  /** The follow-up actions of what was read at once, in order. For one thread. */
  public final class Batch {
    private final List<Runnable> actions = new ArrayList<>();
    private int seen; // whether these are left is settled
    private int firstBehind = Integer.MAX_VALUE; // from here on all is left, since it comes after what was printed

    /** Creates an empty batch. */
    public Batch() {}

    /** Returns the list to which actions are added. */
    public List<Runnable> actions() {
      return actions;
    }

    /** Adds an action that must be done before those after it. */
    public void print(Runnable handOver) {
      actions.add(new Print(handOver));
    }

    /** Leaves what is not for the calling thread; no other thread may read before that is done. */
    public void leave(WorkerChannel.Share share) {
      if (share == WorkerChannel.Share.ALL) { // helpers that read meanwhile must not overtake what is printed
        for (; seen < actions.size(); seen++) {
          if (actions.get(seen) instanceof Print print) {
            print.leave();
          }
        }
        return;
      }
      boolean some = false;
      try {
        for (; seen < actions.size(); seen++) {
          some |= leave(seen, share);
        }
      } catch (VirtualMachineError e) { // this thread does the rest itself, which is better than no thread
        LOG.ignored("leaving messages to another thread", e);
      }
      if (some) {
        wake.run();
      }
    }

    private boolean leave(int at, WorkerChannel.Share share) {
      Runnable action = actions.get(at);
      if (action instanceof Print print) {
        print.leave();
      }
      if (firstBehind == Integer.MAX_VALUE && printsLeft.get() > 0) {
        firstBehind = at;
      }
      return (at >= firstBehind || !share.takes(action)) && left.add(action);
    }

    /** Runs what is for the calling thread; no lock is held. */
    public void act(WorkerChannel.Share share) {
      if (share == WorkerChannel.Share.ALL) {
        DeferredMessages.this.run(); // which came before
      }
      for (int i = 0; i < actions.size(); i++) {
        Runnable each = actions.get(i);
        if (i >= seen || (i < firstBehind && share.takes(each))) {
          perform(each, share);
        }
      }
    }
  }
}
