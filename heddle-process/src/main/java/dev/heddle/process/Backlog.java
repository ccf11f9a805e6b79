package dev.heddle.process;

import dev.heddle.futures.spi.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for a worker, in their order, and exactly how many of them are still wanted. Under the dispatcher's lock.
 *
 * <p>A task that is cancelled here stays where it is, for to find it would take long; it is left out when it is come across, or
 * when such tasks fill the half of it. Only here a task is marked as dropped, so that the number is always right.
 */
final class Backlog {
  private static final int MANY_DROPPED = 64;

  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private int dropped; // of those in it

  /** How many wait and are wanted. */
  int live() {
    return jobs.size() - dropped;
  }

  /** Adds a task behind the others. */
  void add(Job job) {
    job.queued = true;
    jobs.add(job);
  }

  /** Puts a task back in front of the others, unless it was dropped. */
  void addFirst(Job job) {
    if (job.isDropped()) {
      job.task.release();
    } else {
      job.queued = true;
      jobs.addFirst(job);
    }
  }

  /** Takes out the first one that is wanted; null if there is none. */
  @Nullable
  Job poll() {
    Job job = jobs.poll();
    while (job != null && takeOut(job)) {
      job = jobs.poll();
    }
    return job;
  }

  /** Notes that a task is out of here; true if nobody wants it any more. */
  private boolean takeOut(Job job) {
    job.queued = false;
    dropped -= job.isDropped() ? 1 : 0;
    return job.isDropped();
  }

  /** A task, here or elsewhere, must not be sent any more: it was cancelled, or has failed. */
  void drop(Job job) {
    if (job.isDropped()) {
      return;
    }
    job.setDropped();
    if (!job.sent) { // else the worker may be reading its large arrays
      job.task.release();
    }
    if (job.queued) {
      dropped++;
      if (live() == 0 || (dropped >= MANY_DROPPED && dropped > jobs.size() / 2)) {
        jobs.removeIf(each -> each.isDropped() && takeOut(each));
      }
    }
  }

  /** Takes out what has not begun, and makes sure that it never does. */
  List<Work> withdrawAll() {
    List<Work> taken = new ArrayList<>();
    jobs.removeIf(
        job -> {
          if (!job.isDropped() && !job.withdraw()) {
            return false; // it has begun, and its worker has been lost
          }
          if (!takeOut(job)) {
            job.work.attach(null);
            job.task.release();
            taken.add(job.work);
          }
          return true;
        });
    return taken;
  }

  /** Takes out everything; what is returned is wanted. */
  List<Job> clear() {
    List<Job> live = new ArrayList<>(live());
    for (Job job = poll(); job != null; job = poll()) {
      live.add(job);
    }
    return live;
  }

  /** Shows those that are wanted. */
  void forEach(Consumer<Job> action) {
    for (Job each : jobs) {
      if (!each.isDropped()) {
        action.accept(each);
      }
    }
  }
}
