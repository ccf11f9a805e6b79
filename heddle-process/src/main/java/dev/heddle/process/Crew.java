package dev.heddle.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool and the tasks that wait for them: who gets what. Every method is called under the dispatcher's lock,
 * but for {@link #active} and {@link #nextLaunch}.
 *
 * <p>A task goes to the worker that has been idle the shortest time. If none is, it queues, and is sent ahead to a busy worker
 * only when the tasks there are short; an idle worker takes such tasks back from busy ones. So a task that has not begun is
 * never tied to a worker.
 */
final class Crew {

  /** Starts workers. */
  interface Starter {
    /** Starts one; null if that failed, which has been dealt with. */
    @Nullable Worker start(boolean spare);
  }

  private static final int MIN_AT_HAND = 2; // tasks, so that a worker need not wait between them

  private final int limit;
  private final int spares;
  private final int maxTasks;
  private final Starter starter;
  private final Map<WorkerChannel, Worker> workers = new LinkedHashMap<>(); // all whose process may live
  private final Deque<Worker> idle = new ArrayDeque<>(); // the latest first: its caches are the warmest
  private final Backlog backlog = new Backlog();
  private final Queue<Job> launches = new ConcurrentLinkedQueue<>();
  private volatile Worker[] active = {};
  private final Departure.Counts departures = new Departure.Counts();
  private boolean closed;

  Crew(int limit, int spares, int maxTasks, Starter starter) {
    this.limit = limit;
    this.spares = spares;
    this.maxTasks = maxTasks;
    this.starter = starter;
  }

  // ---- questions ----

  /** The workers that run tasks or will: neither spare nor leaving. For any thread. */
  Worker[] active() {
    return active;
  }

  List<Worker> all() {
    return new ArrayList<>(workers.values());
  }

  @Nullable Worker of(WorkerChannel channel) {
    return workers.get(channel);
  }

  /** The tasks that wait for a worker. */
  Backlog backlog() {
    return backlog;
  }

  boolean isEmpty() {
    return workers.isEmpty();
  }

  /** Why workers have ended so far. */
  Restarts restarts() {
    return departures.toRestarts();
  }

  /** The next task that was given to a worker and must be begun, and sent if it was not, or null. For any thread, without the lock. */
  @Nullable Job nextLaunch() {
    return launches.poll();
  }

  // ---- tasks come ----

  /** Gives a task to an idle worker, if there is one; else it queues. True if the caller has to launch it. */
  boolean accept(Job job) {
    Worker worker = idle.pollFirst();
    if (worker != null) {
      give(worker, job);
      return true;
    }
    backlog.add(job);
    hire();
    sendAhead();
    return false;
  }

  /** Puts a task back in front of the others. */
  void acceptAgain(Job job) {
    backlog.addFirst(job);
  }

  private static void give(Worker worker, Job job) {
    job.worker = worker;
    worker.jobs.add(job);
  }

  /** Takes a task that has not been started out of its worker's hands. */
  static void retract(Job job) {
    Worker worker = job.worker;
    if (worker != null) {
      worker.jobs.remove(job);
      job.worker = null;
      job.sent = false;
      flush(worker, MIN_AT_HAND); // it may have been what kept it busy
    }
  }

  /** A task was taken out of a worker's hands: it gets another, or comes to the one behind. */
  void afterRetract(Worker worker) {
    if (worker.jobs.isEmpty()) {
      next(worker);
    } else {
      cameToHead(worker);
    }
  }

  /** A task has turned out to be started: it is to begin here, too. */
  void begin(Job job) {
    launches.add(job);
  }

  /** A worker's first task is another than before: it is to begin here, too. */
  void cameToHead(Worker worker) {
    Job head = worker.jobs.peekFirst();
    if (head != null && head.sent) {
      head.sentNanos = System.nanoTime(); // what counts from here on is how long the worker does not take it
      launches.add(head);
    }
  }

  /** Sends a task that was given to a worker, when it is flushed; false if too much is on its way there. */
  static boolean send(Worker worker, Job job) {
    job.id = worker.lastId + 1;
    job.sentNanos = System.nanoTime();
    job.sent = worker.channel.send(job.id, job.task);
    if (job.sent) {
      worker.lastId = job.id;
      worker.unflushed++;
    }
    return job.sent;
  }

  /**
   * Lets go what was sent to a worker, if what it has does not keep it busy. Else that waits for more to go with it, until
   * results come: they always do, for the worker has something to do.
   */
  private static void flush(Worker worker, int enough) {
    if (worker.unflushed > 0 && worker.jobs.size() - worker.unflushed < enough) {
      worker.unflushed = 0;
      worker.channel.flush();
    }
  }

  // ---- ahead ----

  private void sendAhead() {
    for (Worker worker = leastBusy(); worker != null && sendAhead(worker); worker = leastBusy()) {
      flush(worker, MIN_AT_HAND);
    }
  }

  private @Nullable Worker leastBusy() {
    Worker least = null;
    for (Worker each : active) {
      if (mayHaveMore(each) && (least == null || each.jobs.size() < least.jobs.size())) {
        least = each;
      }
    }
    return least;
  }

  private boolean mayHaveMore(Worker worker) {
    return worker.ready
        && !worker.leaving
        && !worker.jobs.isEmpty()
        && worker.jobs.size() < worker.depth()
        && worker.allSent()
        && (maxTasks == 0 || worker.finished + worker.jobs.size() < maxTasks);
  }

  private boolean sendAhead(Worker worker) {
    Job job = backlog.poll();
    if (job == null) {
      return false;
    }
    if (job.isNew()) { // one that has begun must not wait behind another
      give(worker, job);
      if (send(worker, job)) {
        return true;
      }
      retract(job);
    }
    backlog.addFirst(job);
    return false;
  }

  /** Fills a busy worker up. */
  void topUp(Worker worker) {
    while (backlog.live() > 0 && mayHaveMore(worker) && sendAhead(worker)) {
      // as long as there is room
    }
    flush(worker, Math.max(MIN_AT_HAND, worker.depth() / 4));
  }

  /** A task that was sent ahead to another worker and has not been started there. */
  private @Nullable Job steal() {
    for (Worker each : active) {
      Job last = each.jobs.size() > 1 ? each.jobs.peekLast() : null;
      if (last != null && last.sent && each.channel.takeBack(last.id)) {
        retract(last);
        return last;
      }
    }
    return null;
  }

  // ---- workers come and go ----

  /** A worker has nothing to do: gives it the next task, which is to be launched; or it idles, or ends. */
  void next(Worker worker) {
    if (worker.leaving || worker.gone || worker.spare || !worker.ready) {
      return;
    }
    if (maxTasks > 0 && worker.finished >= maxTasks) {
      dismiss(worker, Departure.RETIRED);
      return;
    }
    worker.idleSince = System.nanoTime();
    Job job = backlog.poll();
    if (job == null) {
      job = steal();
    }
    if (job != null) {
      give(worker, job);
      launches.add(job);
    } else if (closed) {
      dismiss(worker, Departure.CLOSED);
    } else {
      idle.addFirst(worker);
    }
  }

  /** Sees to it that queued tasks have somebody on the way to them. */
  void serve() {
    while (backlog.live() > 0 && !idle.isEmpty()) {
      next(idle.removeFirst());
    }
    hire();
    sendAhead();
  }

  /** Starts as many workers as there is work for, and spare ones. */
  void hire() {
    int coming = 0;
    for (Worker each : active) {
      coming += each.ready ? 0 : 1;
    }
    for (int wanted = backlog.live() - coming; wanted > 0 && active.length < limit; wanted--) {
      Worker spare = readySpare();
      if (spare != null) {
        spare.spare = false;
        changed();
        next(spare);
      } else if (add(starter.start(false)) == null) {
        return;
      }
    }
    if (active.length > 0) { // once the last has ended for want of tasks, spare ones are not needed either
      keepSpares();
    }
  }

  /** Starts spare workers until there are enough. */
  void keepSpares() {
    if (!closed) {
      long ready = workers.values().stream().filter(each -> each.spare && !each.leaving).count();
      for (; ready < spares && add(starter.start(true)) != null; ready++) {
        // until there are enough
      }
    }
  }

  private @Nullable Worker readySpare() {
    for (Worker each : workers.values()) {
      if (each.spare && each.ready && !each.leaving) {
        return each;
      }
    }
    return null;
  }

  private @Nullable Worker add(@Nullable Worker worker) {
    if (worker != null) {
      workers.put(worker.channel, worker);
      changed();
    }
    return worker;
  }

  /** Tells a worker to end; another takes its place if there is work. */
  void dismiss(Worker worker, Departure why) {
    leave(worker, why);
    if (worker.ready) {
      worker.channel.quit();
    } else {
      worker.channel.kill("it was not needed any more");
    }
    hire();
  }

  /** Makes a worker end at once; what it has not started goes back. */
  void condemn(Worker worker, Departure why, String reason) {
    if (!worker.leaving || !worker.condemned) {
      worker.condemned = true;
      leave(worker, why);
      takeBackAll(worker);
      worker.channel.kill(reason);
      serve();
    }
  }

  /** Puts what a worker has not started back into the queue. What is left with it, it has started. */
  void takeBackAll(Worker worker) {
    for (Job each : new ArrayList<>(worker.jobs).reversed()) {
      if (!each.sent || worker.channel.takeBack(each.id)) {
        retract(each);
        backlog.addFirst(each);
      }
    }
  }

  /** Puts back into the queue what a worker was sent behind a task and has not started. */
  void takeBackBehind(Worker worker, Job first) {
    for (Job each : new ArrayList<>(worker.jobs).reversed()) {
      if (each == first) {
        return;
      }
      if (each.sent && worker.channel.takeBack(each.id)) {
        retract(each);
        backlog.addFirst(each);
      }
    }
  }

  /** Puts back into the queue what was sent ahead to busy workers and has not begun. */
  void takeBackWhatIsAhead() {
    for (Worker each : active) {
      for (Job job : new ArrayList<>(each.jobs).reversed()) {
        if (job != each.jobs.peekFirst() && job.sent && each.channel.takeBack(job.id)) {
          retract(job);
          backlog.addFirst(job);
        }
      }
    }
  }

  private void leave(Worker worker, Departure why) {
    worker.departure = worker.leaving ? worker.departure : why;
    worker.leaving = true;
    idle.remove(worker);
    changed();
  }

  /**
   * A worker's process is gone.
   *
   * @return the tasks that are lost with it: those it had started, and the one it did not come to if that was too often so
   */
  List<Job> remove(Worker worker) {
    worker.gone = true;
    workers.remove(worker.channel);
    leave(worker, worker.ready ? Departure.CRASHED : Departure.UNREADY); // unless it left before
    departures.add(worker.departure);
    Job first = worker.jobs.peekFirst();
    boolean waited = first != null && first.sent; // what a worker received as it crashed may be why
    takeBackAll(worker);
    List<Job> lost = new ArrayList<>(worker.jobs);
    if (first != null && waited && first.worker == null && worker.departure == Departure.CRASHED && first.isLostAgain()) {
      backlog.drop(first);
      lost.addFirst(first);
    }
    return lost;
  }

  /** No more tasks come: ends every worker that has none. */
  void close() {
    closed = true;
    for (Worker each : all()) {
      if (!each.leaving && each.jobs.isEmpty()) {
        dismiss(each, Departure.CLOSED);
      }
    }
  }

  private void changed() {
    active = workers.values().stream().filter(each -> !each.spare && !each.leaving).toArray(Worker[]::new);
  }
}
