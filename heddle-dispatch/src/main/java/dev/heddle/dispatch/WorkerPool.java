package dev.heddle.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool and the tasks that wait for them; it assigns tasks, and hires and dismisses workers, by the policy
 * that {@link Dispatcher} states. Guarded by the dispatcher's lock, but for {@link #active}.
 */
final class WorkerPool {

  /** Starts workers. */
  interface Starter {
    /**
     * Returns a worker that was started; null if that failed, which has been dealt with.
     *
     * @param now see {@link WorkerChannel#start}
     */
    @Nullable
    Worker start(boolean spare, boolean now);

    /** Returns how many workers there can be now. */
    default int capacity() {
      return Integer.MAX_VALUE;
    }

    /** Runs something under the lock, once the tasks that have been assigned are under way. */
    void later(Runnable action);
  }

  private final int limit;
  private final int spares;
  private final int maxTasks;
  private final boolean hasSpares; // ever
  private final Starter starter;
  private final DeferredActions deferred;
  private final Map<WorkerChannel, Worker> workers = new LinkedHashMap<>(); // all that may still live
  private final Deque<Worker> idle = new ArrayDeque<>(); // the latest first: its caches are the warmest
  private final PendingTasks pending = new PendingTasks();
  private volatile Worker[] active = {};
  private final ExitReason.Counts exits = new ExitReason.Counts();
  private final Set<Worker> unsettled = new HashSet<>(); // gone, but not all of their tasks have been told
  private boolean closed;

  /** Creates a pool without workers. */
  WorkerPool(DispatchOptions options, Starter starter, DeferredActions deferred) {
    this.limit = options.workers();
    this.spares = options.spares();
    this.maxTasks = options.maxTasksPerWorker();
    this.hasSpares = spares > 0 || maxTasks > 0;
    this.starter = starter;
    this.deferred = deferred;
  }

  // ---- questions ----

  /** The workers that run tasks or will: neither spare nor leaving. For any thread. */
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
  PendingTasks pending() {
    return pending;
  }

  /** Whether no worker may still live. */
  boolean isEmpty() {
    return workers.isEmpty();
  }

  /** How many workers are gone whose tasks have not all been told of their ends. */
  int unsettled() {
    return unsettled.size();
  }

  /** Why workers have ended so far. */
  Map<ExitReason, Long> exits() {
    return exits.toMap();
  }

  // ---- tasks arrive ----

  /** Assigns a task to an idle worker, or queues it. True if the caller has to launch it. */
  boolean accept(DispatchedTask task) {
    Worker worker = idle.pollFirst();
    if (worker != null) {
      give(worker, task);
      return true;
    }
    pending.add(task);
    hire();
    sendAhead();
    return false;
  }

  private void give(Worker worker, DispatchedTask task) {
    worker.queue.give(task);
    if (hasItsLast(worker)) {
      keepSpares();
    }
  }

  /** A task was taken back from a worker: it gets another, or its next one is at the head. */
  void afterRetract(Worker worker) {
    if (worker.queue.isEmpty()) {
      next(worker);
    } else {
      cameToHead(worker);
    }
  }

  /** Tasks of a worker have ended: its next one is at the head, and it gets more. */
  void goOn(Worker worker) {
    if (worker.queue.isEmpty()) {
      next(worker);
    } else {
      cameToHead(worker);
      topUp(worker);
    }
  }

  private void cameToHead(Worker worker) { // it is to begin here, too
    DispatchedTask head = worker.queue.cameToHead();
    if (head != null) {
      deferred.launch(head);
    }
  }

  // ---- tasks sent ahead ----

  /** Whether workers take tasks behind the one that they run, so that a look at each of many pays. For any thread. */
  boolean takeTasksAhead() {
    Worker[] all = active;
    return all.length > 0 && all[0].channel.mostAhead() > 0;
  }

  private void sendAhead() {
    for (Worker worker = leastBusy(); worker != null && sendAhead(worker); worker = leastBusy()) {
      worker.queue.flush();
    }
  }

  private @Nullable Worker leastBusy() {
    Worker least = null;
    for (Worker each : takeTasksAhead() ? active : new Worker[0]) {
      if (mayHaveMore(each) && (least == null || each.queue.size() < least.queue.size())) {
        least = each;
      }
    }
    return least;
  }

  private boolean mayHaveMore(Worker worker) {
    return worker.state() == WorkerState.SERVING && worker.queue.mayHaveMore() && !hasItsLast(worker);
  }

  private boolean sendAhead(Worker worker) {
    DispatchedTask task = pending.poll();
    if (task == null) {
      return false;
    }
    if (task.isNew()) { // one that has begun must not wait behind another
      give(worker, task);
      if (worker.queue.send(task)) {
        return true;
      }
      worker.queue.retract(task);
    }
    pending.addFirst(task);
    return false;
  }

  /** Fills up a busy worker. */
  void topUp(Worker worker) {
    while (pending.live() > 0 && mayHaveMore(worker) && sendAhead(worker)) {
      // as long as there is room
    }
    worker.queue.flushFull();
  }

  /** Returns a task that was sent ahead to another worker and has not been started there. */
  private @Nullable DispatchedTask steal() {
    DispatchedTask stolen = null;
    for (int i = takeTasksAhead() ? 0 : active.length; i < active.length && stolen == null; i++) {
      stolen = active[i].queue.stealLast();
    }
    return stolen;
  }

  /** Puts back into the pending tasks what was sent ahead to busy workers and has not begun. */
  void takeBackWhatIsAhead() {
    for (Worker each : active) {
      each.queue.takeBackBehind(each.queue.head(), pending);
    }
  }

  // ---- workers arrive ----

  /** A worker has nothing to do: it gets the next task, which is to be launched; or it idles, or ends. */
  void next(Worker worker) {
    if (worker.state() != WorkerState.SERVING) {
      return;
    }
    if (hasItsLast(worker)) {
      dismiss(worker, ExitReason.RETIRED);
      return;
    }
    worker.idles();
    DispatchedTask queued = pending.poll();
    DispatchedTask task = queued == null ? steal() : queued;
    if (task != null) {
      give(worker, task);
      deferred.launch(task);
    } else if (closed) {
      dismiss(worker, ExitReason.CLOSED);
    } else {
      idle.addFirst(worker);
    }
  }

  /** Makes sure that workers are on their way to the pending tasks. */
  void serve() {
    while (pending.live() > 0 && !idle.isEmpty()) {
      Worker worker = idle.removeFirst();
      next(worker);
      worker.channel.wakeUp(); // its thread checks on it from now on
    }
    hire();
    sendAhead();
    if (closed && pending.live() == 0) {
      close(); // workers that were starting for a task that is not there any more
    }
  }

  /** Starts as many workers as there are tasks for, and spare ones. */
  void hire() {
    long wanted = active.length < most()
        ? pending.live() - Arrays.stream(active).filter(each -> each.state().isStarting()).count()
        : 0;
    for (; wanted > 0 && active.length < most(); wanted--) {
      Worker spare = spare();
      if (spare != null) {
        spare.hire();
        changed();
        next(spare); // if it is ready; else it is on its way
        spare.channel.wakeUp(); // its thread checks on it from now on
      } else if (add(starter.start(false, true)) == null) {
        return;
      }
    }
    if (pending.live() > 0) {
      keepSparesForOthers();
    } else if (spares > 0) {
      starter.later(this::keepSparesForOthers); // the task that was given away just now comes first
    }
  }

  /** How many workers may run tasks now. */
  private int most() {
    return Math.min(limit, starter.capacity());
  }

  private void keepSparesForOthers() {
    if (active.length > 0) { // once the last has ended for lack of tasks, spare ones are not needed either
      keepSpares();
    }
  }

  /**
   * Starts spare workers until there are enough: as many as are wanted, and one to replace a worker that is at its last task
   * while others wait. Only one, since it is a process more than the pool was allowed.
   */
  void keepSpares() {
    if (closed || !hasSpares) {
      return;
    }
    boolean oneMore = maxTasks > 0 && pending.live() > 0 && Arrays.stream(active).anyMatch(this::hasItsLast);
    long wanted = oneMore ? spares + 1L : spares;
    long kept = workers.values().stream().filter(each -> each.state().isSpare()).count();
    boolean now = active.length == 0 || pending.live() > 0; // the start of a process would delay the task that has just been given away
    for (; kept < wanted && add(starter.start(true, now)) != null; kept++) {
      // until there are enough
    }
  }

  /** Whether a worker gets no more tasks after those it has. */
  private boolean hasItsLast(Worker worker) {
    return maxTasks > 0 && worker.finished() + worker.queue.size() >= maxTasks;
  }

  private @Nullable Worker spare() { // a ready one if there is any
    Worker found = null;
    for (Worker each : hasSpares ? workers.values() : List.<Worker>of()) {
      if (each.state().isSpare() && (found == null || each.state().compareTo(found.state()) > 0)) {
        found = each;
      }
    }
    return found;
  }

  private @Nullable Worker add(@Nullable Worker worker) {
    if (worker != null) {
      workers.put(worker.channel, worker);
      if (worker.state().isActive()) {
        Worker[] more = Arrays.copyOf(active, active.length + 1);
        more[active.length] = worker;
        active = more;
      }
    }
    return worker;
  }

  // ---- workers leave ----

  /** Tells a worker to end; another replaces it if there are tasks. */
  void dismiss(Worker worker, ExitReason why) {
    boolean starting = worker.state().isStarting();
    leave(worker, WorkerState.LEAVING, why);
    if (starting) {
      worker.channel.kill("it was not needed any more");
    } else {
      worker.channel.quit();
    }
    hire();
  }

  /** Makes a worker end at once; what it has not started goes back, or fails if that happens to it repeatedly. */
  void condemn(Worker worker, ExitReason why, String reason) {
    if (worker.state().compareTo(WorkerState.CONDEMNED) < 0) {
      leave(worker, WorkerState.CONDEMNED, why);
      DispatchedTask lost = worker.queue.takeBackAll(pending, why == ExitReason.UNFIT);
      if (lost != null) {
        deferred.fail(lost, worker.channel.endBy(reason).failureBefore(lost.work.name()));
      }
      worker.channel.kill(reason);
      serve();
    }
  }

  private void leave(Worker worker, WorkerState next, ExitReason why) {
    worker.leave(next, why);
    idle.remove(worker);
    changed();
  }

  /**
   * Removes a worker that is gone. What it has not started goes back, or fails if that happens to it repeatedly.
   *
   * @return the tasks that it had started
   */
  List<DispatchedTask> remove(Worker worker, WorkerEnd end) {
    workers.remove(worker.channel);
    unsettled.add(worker);
    leave(worker, WorkerState.GONE, worker.state().isStarting() ? ExitReason.UNREADY : ExitReason.CRASHED); // unless it left before
    exits.add(worker.exitReason());
    DispatchedTask lost = worker.queue.takeBackAll(pending, worker.exitReason() == ExitReason.CRASHED);
    if (lost != null) {
      deferred.fail(lost, end.failureBefore(lost.work.name()));
    }
    return worker.queue.clear();
  }

  /** All tasks of a worker that is gone have been told of their ends. */
  void settled(Worker worker) {
    unsettled.remove(worker);
  }

  /** No more tasks come: ends every worker that has none and is not on its way to one. */
  void close() {
    closed = true;
    for (Worker each : all()) {
      boolean comes = each.state() == WorkerState.STARTING && pending.live() > 0;
      if (!each.state().isLeaving() && each.queue.isEmpty() && !comes) {
        dismiss(each, ExitReason.CLOSED);
      }
    }
  }

  private void changed() {
    active = workers.values().stream().filter(each -> each.state().isActive()).toArray(Worker[]::new);
  }
}
