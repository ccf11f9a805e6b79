package dev.heddle.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is to be done about a worker's messages: threads that help do their {@linkplain WorkerChannel.Share share}, and leave the
 * rest to the channel's thread.
 *
 * <p>What a task has printed is always left, for whoever listens may take his time; and so is all that comes after it until it has
 * been told, for it must be told before the task's end. Thread-safe.
 */
final class Leftovers {
  /** For the channel's thread: everything. */
  static final WorkerChannel.Share ALL = rest -> true;

  private final Runnable wake;
  private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
  private final AtomicInteger printsLeft = new AtomicInteger();

  /**
   * Nothing is left.
   *
   * @param wake makes the channel's thread {@link #run}
   */
  Leftovers(Runnable wake) {
    this.wake = wake;
  }

  /** Does what is left; for the channel's thread. */
  void run() {
    for (Runnable rest = left.poll(); rest != null; rest = left.poll()) {
      runSafely(rest);
    }
  }

  private static void runSafely(Runnable rest) {
    try {
      rest.run();
    } catch (Throwable e) { // of a listener, or out of memory: the other messages must not suffer
      Log.ignored("acting on a message of a worker", e);
    }
  }

  private void perform(Runnable rest, WorkerChannel.Share share) {
    try {
      share.perform(rest);
    } catch (VirtualMachineError e) { // of a thread that does this for others: the channel's own has more stack
      leaveOrRun(rest);
    } catch (Throwable e) { // of a listener: the other messages must not suffer
      Log.ignored("acting on a message of a worker", e);
    }
  }

  private void leaveOrRun(Runnable rest) {
    try {
      left.add(rest);
    } catch (VirtualMachineError e) {
      runSafely(rest);
      return;
    }
    wake.run();
  }

  /** What a task has printed, on its way to a listener. */
  private final class Print implements Runnable {
    private final Runnable tell;
    private boolean left;

    Print(Runnable tell) {
      this.tell = tell;
    }

    /** It is about to be left to the channel's thread. */
    void leave() {
      left = true;
      printsLeft.incrementAndGet();
    }

    @Override
    public void run() {
      try {
        tell.run();
      } finally {
        if (left) {
          printsLeft.decrementAndGet();
        }
      }
    }
  }

  /** What is to be done about what was read at once, in this order. For one thread. */
  final class Batch {
    private final List<Runnable> rest = new ArrayList<>();
    private int seen; // whether these are left is settled
    private int firstBehind = Integer.MAX_VALUE; // from here on all is left, for it comes after what was printed

    /** Where to add something. */
    List<Runnable> rest() {
      return rest;
    }

    /** Adds something that has to be told before what comes after. */
    void print(Runnable tell) {
      rest.add(new Print(tell));
    }

    /** Leaves what is not for the calling thread; no other one may read before that is done. */
    void leave(WorkerChannel.Share share) {
      if (share == ALL) { // helpers that read meanwhile must not overtake what is printed
        for (; seen < rest.size(); seen++) {
          if (rest.get(seen) instanceof Print print) {
            print.leave();
          }
        }
        return;
      }
      boolean some = false;
      try {
        for (; seen < rest.size(); seen++) {
          some |= leave(seen, share);
        }
      } catch (VirtualMachineError e) { // the rest this thread does itself, which is better than nobody
        Log.ignored("leaving messages to another thread", e);
      }
      if (some) {
        wake.run();
      }
    }

    private boolean leave(int at, WorkerChannel.Share share) {
      Runnable one = rest.get(at);
      if (one instanceof Print print) {
        print.leave();
      }
      if (firstBehind == Integer.MAX_VALUE && printsLeft.get() > 0) {
        firstBehind = at;
      }
      return (at >= firstBehind || !share.takes(one)) && left.add(one);
    }

    /** Does what is for the calling thread; nothing is locked. */
    void act(WorkerChannel.Share share) {
      if (share == ALL) {
        Leftovers.this.run(); // which came before
      }
      for (int i = 0; i < rest.size(); i++) {
        Runnable each = rest.get(i);
        if (i >= seen || (i < firstBehind && share.takes(each))) {
          perform(each, share);
        }
      }
    }
  }
}
