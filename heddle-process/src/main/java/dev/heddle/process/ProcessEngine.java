package dev.heddle.process;

import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.LocalWrapper;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher: takes tasks, gives them to workers, and tells what became of them.
 *
 * <p>Who waits for what stands in {@link Crew}, under one lock; sending is done under it too, for it does not block. Foreign
 * code (futures, listeners, decoding) is never called under it: whoever holds the lock leaves that for when it is free.
 */
final class ProcessEngine implements Engine, Afterwards.Launcher {
  private static final Duration WORTHWHILE = Duration.ofMillis(1);
  private static final int TASKS_AHEAD = 8;

  private final int limit;
  private final ProcessOptions options;
  private final TaskEncoder encoder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Lifetime lifetime;
  private final Afterwards afterwards = new Afterwards(this);
  private final Runnable launching = afterwards::run;
  private final Crew crew;
  private final Recall recall;
  private final Lending lending;

  /**
   * An engine without workers yet.
   *
   * @param atEnd is run when the last worker is gone
   */
  ProcessEngine(
      String name, int limit, ProcessOptions options, TaskEncoder encoder, Crew.Starter starter, Runnable atEnd) {
    this.limit = limit;
    this.options = options;
    this.encoder = encoder;
    this.lifetime = new Lifetime(name, lock, atEnd);
    this.crew = new Crew(limit, options.spares(), options.maxTasksPerWorker(), starter, afterwards);
    this.recall = new Recall(lock, crew, afterwards);
    this.lending = new Lending(crew, options, launching);
  }

  /** What stands under the lock; for {@link WorkerReports}. */
  Crew crew() {
    return crew;
  }

  void lock() {
    lock.lock();
  }

  /** Gives the lock back; then {@link #afterwards} are due. */
  void unlock() {
    lock.unlock();
  }

  /** What is due once the lock is free. */
  Afterwards afterwards() {
    return afterwards;
  }

  /** To run that, for those who do it later; always the same one. */
  Runnable launching() {
    return launching;
  }

  // ---- work comes in ----

  @Override
  public void start(Work work) {
    Callable<?> body = work.body();
    if (body == null) {
      return;
    }
    EncodedTask task;
    try {
      task = encoder.encode(body instanceof LocalWrapper wrapper ? wrapper.inner() : body);
    } catch (Throwable e) { // whatever a task's own code does when it is encoded fails that task
      work.abort(e);
      return;
    }
    if (task.payload().length > options.maxMessage()) {
      task.release();
      work.abort(MessageTooLargeException.ofTask(work.name(), task.payload().length, options.maxMessage()));
      return;
    }
    Job job = new Job(work, task);
    if (enter(job)) {
      afterwards.launchNow(job);
    }
    afterwards.run();
  }

  /** True if the task was given to a worker and has to be launched. */
  private boolean enter(Job job) {
    boolean entered = false;
    lock.lock();
    try {
      lifetime.check(job.work.name());
      job.work.attach(job);
      boolean given = crew.accept(job);
      entered = true;
      return given;
    } finally {
      lock.unlock();
      if (!entered) {
        giveBack(job);
      }
    }
  }

  /** The caller was refused, or has no stack or memory left. */
  private void giveBack(Job job) {
    Worker worker = job.worker;
    if (worker == null) {
      job.task.release();
    } else { // it has it in its hands already, from where the launch takes it, for nobody wants it any more
      afterwards.launch(job);
      worker.channel.wakeUp();
    }
  }

  @Override
  public void launch(Job job) {
    boolean begun = job.begin();
    lock.lock();
    try {
      Worker worker = job.worker;
      if (worker == null) {
        return; // its worker has ended meanwhile, and it is on another way
      }
      if (job.sent) {
        if (!begun && !job.isDropped()) { // it was cancelled while nobody could know that a worker had come to it
          recall.endInWorker(worker, job, "task '" + job + "' was cancelled");
        }
      } else if (!begun || job.isDropped()) {
        worker.pipeline.retract(job);
        job.task.release();
        crew.afterRetract(worker);
      } else if (worker.leaving || !worker.pipeline.send(job)) {
        worker.pipeline.retract(job);
        crew.backlog().addFirst(job);
        if (!worker.leaving) {
          crew.condemn(worker, Departure.UNFIT, "it did not read what was sent");
        }
        crew.serve();
      } else {
        crew.topUp(worker);
        if (Health.isLeftAlone(worker, options)) {
          worker.channel.wakeUp();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void refuse(Job job, Throwable cause) {
    lock.lock();
    try {
      Worker worker = job.worker;
      if (worker != null && !job.sent) {
        worker.pipeline.retract(job);
        crew.backlog().drop(job);
        crew.afterRetract(worker);
      } // else the worker has it, or somebody else goes on with it
    } finally {
      lock.unlock();
    }
    job.fail(cause);
  }

  // ---- taking back, and stopping ----

  @Override
  public boolean withdraw(Work work) {
    return recall.withdraw(work);
  }

  @Override
  public void stop(Attempt attempt) {
    recall.stop(attempt);
  }

  @Override
  public List<Work> drain() {
    return recall.drain();
  }

  // ---- threads that wait ----

  @Override
  public void help(Work awaited, long nanos) {
    lending.help(awaited, nanos);
  }

  @Override
  public void callBack(Runnable callbacks) {
    lifetime.callbacks().run(callbacks);
  }

  @Override
  public int lookahead() {
    int deepest = TASKS_AHEAD;
    for (Worker each : crew.active()) {
      deepest = Math.max(deepest, 2 * each.depth()); // one part in the worker, and as much ready to follow
    }
    return (int) Math.min((long) deepest * limit, Integer.MAX_VALUE);
  }

  @Override
  public Duration worthwhile() {
    return WORTHWHILE;
  }

  @Override
  public void beginBlocking() {
    // what waits here waits in another process, whose place nobody can lend
  }

  @Override
  public void endBlocking() {
    // as above
  }

  // ---- questions ----

  @Override
  public int parallelism() {
    return limit;
  }

  @Override
  public Load load() {
    lock.lock();
    try {
      return new Load(begun().size(), 0, crew.active().length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Attempt> running() {
    lock.lock();
    try {
      return begun();
    } finally {
      lock.unlock();
    }
  }

  private List<Attempt> begun() {
    List<Attempt> attempts = new ArrayList<>();
    for (Worker each : crew.all()) {
      each.pipeline.forEach(job -> addAttempt(job, attempts));
    }
    crew.backlog().forEach(job -> addAttempt(job, attempts));
    return attempts;
  }

  private static void addAttempt(Job job, List<Attempt> attempts) {
    Attempt attempt = job.attempt();
    if (attempt != null && !job.isDropped() && job.work.attachment() == job) {
      attempts.add(attempt);
    }
  }

  // ---- the beginning and the end ----

  /** Starts the spare workers. */
  void open() {
    lock.lock();
    try {
      crew.keepSpares();
    } finally {
      lock.unlock();
    }
    afterwards.run();
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      lifetime.shutdown();
      crew.close();
      checkEnd();
    } finally {
      lock.unlock();
    }
    afterwards.run();
  }

  /** Fails what waits, and rejects what comes; the lock is held. */
  void breakWith(BrokenExecutorException error) {
    boolean first = lifetime.breakWith(error);
    for (Job each : crew.backlog().clear()) { // also if it is broken already: workers' tasks may have come back
      afterwards.fail(each, new BrokenExecutorException(error));
    }
    if (first) {
      crew.close();
    }
  }

  /** Fails what has come back since, if it is broken: then true. The lock is held. */
  boolean breakAgain() {
    BrokenExecutorException broken = lifetime.broken();
    if (broken != null) {
      breakWith(broken);
    }
    return broken != null;
  }

  /** Looks whether it is over; the lock is held. */
  void checkEnd() {
    lifetime.checkEnd(!crew.isEmpty());
  }

  @Override
  public boolean isTerminated() {
    return lifetime.isTerminated();
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return lifetime.awaitTermination(timeout);
  }
}
