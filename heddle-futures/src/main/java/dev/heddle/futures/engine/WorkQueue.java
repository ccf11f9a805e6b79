package dev.heddle.futures.engine;

import dev.heddle.futures.spi.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A queue of work by priority; that of one priority is first in, first out. Thread-safe; lock-free as long as no work has a
 * priority other than 0.
 */
final class WorkQueue {
  private final Queue<Work> usual = new ConcurrentLinkedQueue<>();
  private final Queue<Ranked> urgent = new PriorityBlockingQueue<>(11, Ranked.ORDER); // above 0
  private final Queue<Ranked> later = new PriorityBlockingQueue<>(11, Ranked.ORDER); // below 0
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean ranked; // some work had a priority

  /** Work with a priority, and its number among those. */
  private record Ranked(Work work, long number) {
    static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::priority).reversed()
        .thenComparingLong(Ranked::number);

    int priority() {
      return work.priority();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ranked each && each.work == work;
    }

    @Override
    public int hashCode() {
      return work.hashCode();
    }
  }

  void add(Work work) {
    if (work.priority() == 0) {
      usual.add(work);
    } else {
      ranked = true; // first: a thread that sees the work in its queue must look there
      of(work).add(new Ranked(work, numbers.incrementAndGet()));
    }
  }

  private Queue<Ranked> of(Work work) {
    return work.priority() > 0 ? urgent : later;
  }

  /** Removes and returns the next work; null if there is none. */
  @Nullable
  Work poll() {
    if (!ranked) {
      return usual.poll();
    }
    Ranked first = urgent.poll();
    if (first != null) {
      return first.work;
    }
    Work next = usual.poll();
    if (next != null) {
      return next;
    }
    Ranked last = later.poll();
    return last == null ? null : last.work;
  }

  /** Removes and returns all work. */
  List<Work> drain() {
    List<Work> queued = new ArrayList<>();
    for (Work work = poll(); work != null; work = poll()) {
      queued.add(work);
    }
    return queued;
  }

  boolean isEmpty() {
    return usual.isEmpty() && (!ranked || (urgent.isEmpty() && later.isEmpty()));
  }

  /** Removes work; returns whether it was queued. */
  boolean remove(Work work) {
    return work.priority() == 0 ? usual.remove(work) : of(work).remove(new Ranked(work, 0));
  }
}
