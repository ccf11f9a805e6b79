package dev.heddle.dispatch;

import dev.heddle.base.ModuleLog;
import dev.heddle.futures.BrokenExecutorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Acts on the messages of workers: futures are completed, workers get the next tasks, lost workers are replaced.
 * Thread-safe.
 */
final class WorkerReports implements WorkerChannel.Listener {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private final String name;
  private final Dispatcher dispatcher;
  private final WorkerPool workers;
  private final WorkerStarts starts;
  private final Health health;
  private final Completions completions;
  private final TaskTimeline timeline;
  private final ChannelFactory factory;

  WorkerReports(
      Dispatcher dispatcher, DispatchOptions options, Health health, WorkerStarts starts, ChannelFactory factory,
      TaskTimeline timeline) {
    this.name = options.name();
    this.dispatcher = dispatcher;
    this.workers = dispatcher.workers();
    this.starts = starts;
    this.health = health;
    this.timeline = timeline;
    this.completions = new Completions(timeline);
    this.factory = factory;
  }

  @Override
  public void ready(WorkerChannel channel) {
    dispatcher.lock();
    try {
      Worker worker = workers.of(channel);
      if (worker == null) {
        return;
      }
      starts.ready();
      if (!worker.becomeReady()) {
        return;
      }
      worker.idles();
      if (worker.state() == WorkerState.SPARE) {
        workers.hire();
      } else {
        workers.next(worker);
      }
    } finally {
      dispatcher.unlock();
    }
    dispatcher.deferred().run();
  }

  @Override
  public void unprepared(WorkerChannel channel, Throwable cause) {
    dispatcher.lock();
    try {
      dispatcher.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: its initializer failed in " + channel + " (" + cause
                  + "); mend the initializer and make a new executor",
              cause));
    } finally {
      dispatcher.unlock();
    }
    dispatcher.deferred().run();
  }

  @Override
  public void ended(WorkerChannel channel, List<WorkerChannel.TaskEnd> ends, List<Runnable> actions) {
    actions.add(dispatcher.launching);
    dispatcher.lock();
    try {
      Worker worker = workers.of(channel);
      if (worker == null) {
        return;
      }
      for (WorkerChannel.TaskEnd end : ends) {
        DispatchedTask task = worker.queue.head();
        if (task == null || worker.queue.runningId() != end.id()) {
          workers.condemn(worker, ExitReason.UNFIT, "it reported the end of a task that it was not given");
          return;
        }
        Completions.Completion completion = completions.of(worker, task, end);
        actions.add(completion); // first, so that nothing can keep its future from being completed
        book(worker, task, end);
        completion.began(worker.startOf(end));
      }
      workers.goOn(worker);
    } finally {
      dispatcher.unlock();
    }
  }

  private static void book(Worker worker, DispatchedTask task, WorkerChannel.TaskEnd end) {
    worker.retainOutcomes();
    worker.queue.end(task);
    if (task.work.attachment() == task) {
      task.work.attach(null);
    }
    task.payload.release();
    worker.finished(end.nanos());
  }

  @Override
  public String taskName(WorkerChannel channel, int id) {
    dispatcher.lock();
    try {
      Worker worker = workers.of(channel);
      DispatchedTask task = worker == null ? null : worker.queue.find(id);
      return task == null ? "" : task.work.name();
    } finally {
      dispatcher.unlock();
    }
  }

  @Override
  public long nextLook(WorkerChannel channel) {
    return health.nextLook(channel);
  }

  @Override
  public void look(WorkerChannel channel) {
    health.look(channel);
    dispatcher.deferred().run();
  }

  @Override
  public void leaving(WorkerChannel channel) {
    dispatcher.locked(() -> {
      Worker worker = workers.of(channel);
      if (worker != null && !worker.state().isLeaving()) {
        workers.dismiss(worker, ExitReason.RETIRED);
      }
    });
    dispatcher.deferred().run();
  }

  @Override
  public void gone(WorkerChannel channel, WorkerEnd end) {
    Worker worker;
    List<DispatchedTask> victims;
    Runnable record;
    dispatcher.lock();
    try {
      worker = workers.of(channel);
      if (worker == null) {
        return;
      }
      victims = remove(worker, end);
      record = recordOf(worker, victims);
    } finally {
      dispatcher.unlock();
    }
    try {
      record.run();
      if (worker.exitReason() == ExitReason.UNREADY && !channel.hasConnected()) {
        factory.endedUnconnected(channel);
      }
    } finally {
      completions.failAll(worker, victims, end);
      dispatcher.deferred().run();
    }
  }

  /** Returns what records the tasks that are lost with a worker: they must fail though there is no memory for the record. */
  private Runnable recordOf(Worker worker, List<DispatchedTask> victims) {
    if (!timeline.isKept() || victims.isEmpty()) {
      return () -> {};
    }
    try {
      long now = worker.now();
      ExitReason why = worker.exitReason();
      long[] starts = victims.stream().mapToLong(each -> worker.startOfHead(each, now)).toArray();
      return () -> {
        for (int i = 0; i < starts.length; i++) {
          timeline.lost(worker, victims.get(i), starts[i], now, why);
        }
      };
    } catch (VirtualMachineError e) {
      LOG.ignored("recording the tasks lost with a worker", e);
      return () -> {};
    }
  }

  /**
   * Removes a worker and replaces it; returns the tasks that are lost with it. This is where errors of the end of a worker
   * stop, lack of memory among them: whatever goes wrong, its tasks fail, those that wait are seen to, and the pool's end is
   * noticed.
   */
  private List<DispatchedTask> remove(Worker worker, WorkerEnd end) {
    List<DispatchedTask> victims = null;
    try {
      boolean unexpected = !worker.state().isLeaving();
      victims = workers.remove(worker, end);
      worker.channel.recordEnd(name, end, worker.finished(), unexpected); // before the pool's end is signalled
      if (worker.exitReason() == ExitReason.UNREADY && end.isFailedStart()) {
        starts.failed(worker, end);
      }
      workers.serve();
    } catch (RuntimeException | Error e) {
      notReplaced(e);
    }
    try {
      dispatcher.checkEnd();
    } catch (OutOfMemoryError e) { // what is lost must fail all the same; it is checked again when that was told
      LOG.ignored("looking for the end of a pool", e);
    }
    return lost(worker, victims);
  }

  private void notReplaced(Throwable e) {
    try {
      starts.notReplaced("replacing a worker", e);
    } catch (OutOfMemoryError again) { // the next task starts a worker
      LOG.ignored("replacing a worker", again);
    }
  }

  private static List<DispatchedTask> lost(Worker worker, @Nullable List<DispatchedTask> victims) {
    return victims == null ? worker.queue.clear() : victims;
  }
}
