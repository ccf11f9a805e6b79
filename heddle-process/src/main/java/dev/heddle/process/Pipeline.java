package dev.heddle.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks a worker was given, in their order: the first one runs, the others wait in the worker. Under the dispatcher's lock.
 *
 * <p>A task is given, then sent, and leaves when it has ended, or is taken back before the worker has claimed it.
 */
final class Pipeline {
  private static final int MIN_AT_HAND = 2; // tasks, so that a worker need not wait between them

  private final Worker worker;
  private final WorkerChannel channel;
  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private int lastId;
  private int unflushed; // sent, but not before more follow or the worker has little left to do

  Pipeline(Worker worker, WorkerChannel channel) {
    this.worker = worker;
    this.channel = channel;
  }

  // ---- questions ----

  boolean isEmpty() {
    return jobs.isEmpty();
  }

  int size() {
    return jobs.size();
  }

  /** The one that runs, or is next to. */
  @Nullable
  Job head() {
    return jobs.peekFirst();
  }

  /** The task of that number, or null. */
  @Nullable
  Job find(int id) {
    for (Job each : jobs) {
      if (each.sent && each.id == id) {
        return each;
      }
    }
    return null;
  }

  void forEach(Consumer<Job> action) {
    jobs.forEach(action);
  }

  /** Whether another one may be sent behind, which only a worker that is at work can have. */
  boolean mayHaveMore() {
    Job last = jobs.peekLast();
    return last != null && last.sent && jobs.size() < worker.depth();
  }

  // ---- there ----

  /** Gives a task to the worker; it is to be sent. */
  void give(Job job) {
    job.worker = worker;
    jobs.add(job);
  }

  /** Sends a task that was given to the worker, when it is flushed; false if too much is on its way there. */
  boolean send(Job job) {
    job.id = lastId + 1;
    job.sentNanos = System.nanoTime();
    job.sent = channel.send(job.id, job.task);
    if (job.sent) {
      lastId = job.id;
      unflushed++;
    }
    return job.sent;
  }

  /** Lets go what was sent, if what the worker has is little. */
  void flush() {
    flush(MIN_AT_HAND);
  }

  /** The same for a worker that was filled up: it can go on for longer. */
  void flushFull() {
    flush(Math.max(MIN_AT_HAND, worker.depth() / 4));
  }

  /**
   * Lets go what was sent, if what the worker has does not keep it busy. Else that waits for more to go with it, until results
   * come: they always do, for the worker has something to do.
   */
  private void flush(int enough) {
    if (unflushed > 0 && jobs.size() - unflushed < enough) {
      unflushed = 0;
      channel.flush();
    }
  }

  // ---- and back ----

  /** The number of the task that ends next; 0, which is none's, if none was sent. */
  int running() {
    Job head = jobs.peekFirst();
    return head != null && head.sent ? head.id : 0;
  }

  /** The first one has ended: takes it out. */
  void end(Job head) {
    jobs.removeFirst();
    head.worker = null;
  }

  /** The first task is another than before; null if there is none that was sent. */
  @Nullable
  Job cameToHead() {
    Job head = jobs.peekFirst();
    if (head == null || !head.sent) {
      return null;
    }
    head.sentNanos = System.nanoTime(); // what counts from here on is how long the worker does not take it
    return head;
  }

  /** Takes a task out that the worker will not start. */
  void retract(Job job) {
    jobs.remove(job);
    job.worker = null;
    job.sent = false;
    flush(); // it may have been what kept the worker busy
  }

  /** Takes a task that was sent back; false if the worker has started it. */
  boolean takeBack(Job job) {
    if (job.sent && !channel.takeBack(job.id)) {
      return false;
    }
    retract(job);
    return true;
  }

  /** Puts what the worker has not started into the backlog, down to a task, that one excluded; null for all. */
  void takeBackBehind(@Nullable Job first, Backlog backlog) {
    for (Job each : new ArrayList<>(jobs).reversed()) {
      if (each == first) {
        return;
      }
      if (takeBack(each)) {
        backlog.addFirst(each);
      }
    }
  }

  /** Takes back one that waits in the worker, if there is one. */
  @Nullable
  Job stealLast() {
    Job last = jobs.size() > 1 ? jobs.peekLast() : null;
    return last != null && last.sent && takeBack(last) ? last : null;
  }

  /**
   * Puts what the worker has not started into the backlog. What is left here, it has started.
   *
   * @param faulty whether the worker is lost by something it did: perhaps because of the first task, which it has received
   * @return the first task, if workers were lost with it too often; it does not go back
   */
  @Nullable
  Job takeBackAll(Backlog backlog, boolean faulty) {
    Job first = jobs.peekFirst();
    boolean received = first != null && first.sent;
    takeBackBehind(null, backlog);
    if (first != null && faulty && received && first.worker == null && !first.isDropped() && first.isLostAgain()) {
      backlog.drop(first);
      return first;
    }
    return null;
  }

  /** The worker is gone: takes out what it had started. */
  List<Job> clear() {
    List<Job> started = new ArrayList<>(jobs);
    jobs.clear();
    started.forEach(each -> each.worker = null);
    return started;
  }
}
