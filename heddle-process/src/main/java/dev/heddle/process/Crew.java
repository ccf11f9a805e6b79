package dev.heddle.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool and the tasks that wait for them: who gets what. Every method is called under the dispatcher's lock,
 * but for {@link #active}.
 *
 * <p>A task goes to the worker that has been idle the shortest time. If none is, it queues, and is sent ahead to a busy worker
 * only when the tasks there are short; an idle worker takes such tasks back from busy ones. So a task that has not begun is
 * never tied to a worker.
 */
final class Crew {

  /** Starts workers: null if that failed, which has been dealt with. */
  interface Starter {
    @Nullable
    Worker start(boolean spare);
  }

  private final int limit;
  private final int spares;
  private final int maxTasks;
  private final Starter starter;
  private final Afterwards afterwards;
  private final Map<WorkerChannel, Worker> workers = new LinkedHashMap<>(); // all whose process may live
  private final Deque<Worker> idle = new ArrayDeque<>(); // the latest first: its caches are the warmest
  private final Backlog backlog = new Backlog();
  private volatile Worker[] active = {};
  private final Departure.Counts departures = new Departure.Counts();
  private boolean closed;

  /** No workers yet; the last one is told what to launch and what to fail. */
  Crew(int limit, int spares, int maxTasks, Starter starter, Afterwards afterwards) {
    this.limit = limit;
    this.spares = spares;
    this.maxTasks = maxTasks;
    this.starter = starter;
    this.afterwards = afterwards;
  }

  // ---- questions ----

  /** Those that run tasks or will: neither spare nor leaving. For any thread. */
  Worker[] active() {
    return active;
  }

  List<Worker> all() {
    return new ArrayList<>(workers.values());
  }

  @Nullable
  Worker of(WorkerChannel channel) {
    return workers.get(channel);
  }

  /** The tasks that wait for a worker. */
  Backlog backlog() {
    return backlog;
  }

  /** Whether no worker's process may live. */
  boolean isEmpty() {
    return workers.isEmpty();
  }

  /** Why workers have ended so far. */
  Restarts restarts() {
    return departures.toRestarts();
  }

  // ---- tasks come ----

  /** Gives a task to an idle worker, or else queues it. True if the caller has to launch it. */
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

  private void give(Worker worker, Job job) {
    worker.pipeline.give(job);
    if (hasItsLast(worker)) {
      keepSpares();
    }
  }

  /** A task was taken out of a worker's hands: it gets another, or comes to the one behind. */
  void afterRetract(Worker worker) {
    if (worker.pipeline.isEmpty()) {
      next(worker);
    } else {
      cameToHead(worker);
    }
  }

  /** Tasks of a worker have ended: it comes to the one behind, and gets more. */
  void goOn(Worker worker) {
    if (worker.pipeline.isEmpty()) {
      next(worker);
    } else {
      cameToHead(worker);
      topUp(worker);
    }
  }

  private void cameToHead(Worker worker) { // it is to begin here, too
    Job head = worker.pipeline.cameToHead();
    if (head != null) {
      afterwards.launch(head);
    }
  }

  // ---- ahead ----

  private void sendAhead() {
    for (Worker worker = leastBusy(); worker != null && sendAhead(worker); worker = leastBusy()) {
      worker.pipeline.flush();
    }
  }

  private @Nullable Worker leastBusy() {
    Worker least = null;
    for (Worker each : active) {
      if (mayHaveMore(each) && (least == null || each.pipeline.size() < least.pipeline.size())) {
        least = each;
      }
    }
    return least;
  }

  private boolean mayHaveMore(Worker worker) {
    return worker.ready && !worker.leaving && worker.pipeline.mayHaveMore() && !hasItsLast(worker);
  }

  private boolean sendAhead(Worker worker) {
    Job job = backlog.poll();
    if (job == null) {
      return false;
    }
    if (job.isNew()) { // one that has begun must not wait behind another
      give(worker, job);
      if (worker.pipeline.send(job)) {
        return true;
      }
      worker.pipeline.retract(job);
    }
    backlog.addFirst(job);
    return false;
  }

  /** Fills a busy worker up. */
  void topUp(Worker worker) {
    while (backlog.live() > 0 && mayHaveMore(worker) && sendAhead(worker)) {
      // as long as there is room
    }
    worker.pipeline.flushFull();
  }

  /** A task that was sent ahead to another worker and has not been started there. */
  private @Nullable Job steal() {
    Job stolen = null;
    for (int i = 0; i < active.length && stolen == null; i++) {
      stolen = active[i].pipeline.stealLast();
    }
    return stolen;
  }

  /** Puts back into the backlog what was sent ahead to busy workers and has not begun. */
  void takeBackWhatIsAhead() {
    for (Worker each : active) {
      each.pipeline.takeBackBehind(each.pipeline.head(), backlog);
    }
  }

  // ---- workers come ----

  /** A worker has nothing to do: gives it the next task, which is to be launched; or it idles, or ends. */
  void next(Worker worker) {
    if (worker.leaving || worker.gone || worker.spare || !worker.ready) {
      return;
    }
    if (hasItsLast(worker)) {
      dismiss(worker, Departure.RETIRED);
      return;
    }
    worker.idleSince = System.nanoTime();
    Job queued = backlog.poll();
    Job job = queued == null ? steal() : queued;
    if (job != null) {
      give(worker, job);
      afterwards.launch(job);
    } else if (closed) {
      dismiss(worker, Departure.CLOSED);
    } else {
      idle.addFirst(worker);
    }
  }

  /** Sees to it that queued tasks have somebody on the way to them. */
  void serve() {
    while (backlog.live() > 0 && !idle.isEmpty()) {
      Worker worker = idle.removeFirst();
      next(worker);
      worker.channel.wakeUp(); // its thread watches it from now on
    }
    hire();
    sendAhead();
    if (closed && backlog.live() == 0) {
      close(); // those that were on their way to a task that is not there any more
    }
  }

  /** Starts as many workers as there is work for, and spare ones. */
  void hire() {
    int coming = 0;
    for (Worker each : active) {
      coming += each.ready ? 0 : 1;
    }
    for (int wanted = backlog.live() - coming; wanted > 0 && active.length < limit; wanted--) {
      Worker spare = spare();
      if (spare != null) {
        spare.spare = false;
        changed();
        next(spare); // if it is ready; else it is on its way
        spare.channel.wakeUp(); // its thread watches it from now on
      } else if (add(starter.start(false)) == null) {
        return;
      }
    }
    if (active.length > 0) { // once the last has ended for want of tasks, spare ones are not needed either
      keepSpares();
    }
  }

  /**
   * Starts spare workers until there are enough: as many as are wanted, and one to take the place of a worker that is at its last
   * task while others wait. Only one, for it is a process more than the pool was allowed.
   */
  void keepSpares() {
    if (closed) {
      return;
    }
    boolean oneMore = maxTasks > 0 && backlog.live() > 0 && Arrays.stream(active).anyMatch(this::hasItsLast);
    long wanted = oneMore ? spares + 1L : spares;
    long kept = workers.values().stream().filter(each -> each.spare && !each.leaving).count();
    for (; kept < wanted && add(starter.start(true)) != null; kept++) {
      // until there are enough
    }
  }

  /** Whether a worker gets no more tasks after those it has. */
  private boolean hasItsLast(Worker worker) {
    return maxTasks > 0 && worker.finished + worker.pipeline.size() >= maxTasks;
  }

  private @Nullable Worker spare() { // a ready one if there is any
    Worker found = null;
    for (Worker each : workers.values()) {
      if (each.spare && !each.leaving && (found == null || (each.ready && !found.ready))) {
        found = each;
      }
    }
    return found;
  }

  private @Nullable Worker add(@Nullable Worker worker) {
    if (worker != null) {
      workers.put(worker.channel, worker);
      changed();
    }
    return worker;
  }

  // ---- workers go ----

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

  /** Makes a worker end at once; what it has not started goes back, or fails if that happens to it again and again. */
  void condemn(Worker worker, Departure why, String reason) {
    if (!worker.leaving || !worker.condemned) {
      worker.condemned = true;
      leave(worker, why);
      Job lost = worker.pipeline.takeBackAll(backlog, why == Departure.UNFIT);
      if (lost != null) {
        WorkerEnd end = new WorkerEnd(worker.channel.pid(), -1, 0, reason, "", null);
        afterwards.fail(lost, new WorkerCrashedException(lost.work.name(), end.beforeATask()));
      }
      worker.channel.kill(reason);
      serve();
    }
  }

  private void leave(Worker worker, Departure why) {
    worker.departure = worker.leaving ? worker.departure : why;
    worker.leaving = true;
    idle.remove(worker);
    changed();
  }

  /**
   * A worker's process is gone. What it has not started goes back, or fails if that happens to it again and again.
   *
   * @return the tasks that it had started
   */
  List<Job> remove(Worker worker, WorkerEnd end) {
    worker.gone = true;
    workers.remove(worker.channel);
    leave(worker, worker.ready ? Departure.CRASHED : Departure.UNREADY); // unless it left before
    departures.add(worker.departure);
    Job lost = worker.pipeline.takeBackAll(backlog, worker.departure == Departure.CRASHED);
    if (lost != null) {
      afterwards.fail(lost, new WorkerCrashedException(lost.work.name(), end.beforeATask()));
    }
    return worker.pipeline.clear();
  }

  /** No more tasks come: ends every worker that has none and is not on its way to one. */
  void close() {
    closed = true;
    for (Worker each : all()) {
      boolean comes = !each.ready && !each.spare && backlog.live() > 0;
      if (!each.leaving && each.pipeline.isEmpty() && !comes) {
        dismiss(each, Departure.CLOSED);
      }
    }
  }

  private void changed() {
    active = workers.values().stream().filter(each -> !each.spare && !each.leaving).toArray(Worker[]::new);
  }
}
