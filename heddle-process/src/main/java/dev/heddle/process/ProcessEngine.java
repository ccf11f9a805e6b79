package dev.heddle.process;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.LocalWrapper;
import dev.heddle.futures.spi.Work;
import dev.heddle.process.codec.EncodedTask;
import dev.heddle.process.codec.TaskEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher: takes tasks, gives them to workers, and tells what became of them.
 *
 * <p>Who waits for what stands in {@link Crew}, under one lock; sending is done under it too, for it does not block. Foreign
 * code (futures, listeners, decoding) is never called under it: whoever holds the lock leaves that for when it is free.
 */
final class ProcessEngine implements Engine {
  private static final long UNCLAIMED_IN_PASSING_NANOS = 10_000_000;
  private static final Duration WORTHWHILE = Duration.ofMillis(1);
  private static final int TASKS_AHEAD = 8;

  private final String name;
  private final int limit;
  private final ProcessOptions options;
  private final TaskEncoder encoder;
  private final Runnable atEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Crew crew;
  private final Callbacks callbacks;
  private final Runnable launching = this::launchAll;
  private final Lending lending;
  private boolean shutdown;
  private boolean terminated;
  private @Nullable BrokenExecutorException broken;

  /**
   * An engine without workers yet.
   *
   * @param atEnd is run when the last worker is gone
   */
  ProcessEngine(
      String name, int limit, ProcessOptions options, TaskEncoder encoder, Crew.Starter starter, Runnable atEnd) {
    this.name = name;
    this.limit = limit;
    this.options = options;
    this.encoder = encoder;
    this.atEnd = atEnd;
    this.callbacks = new Callbacks(name, this::tellThatOneEnded);
    this.crew = new Crew(limit, options.spares(), options.maxTasksPerWorker(), starter);
    this.lending = new Lending(crew, options, launching);
  }

  /** What stands under the lock; for {@link WorkerReports}. */
  Crew crew() {
    return crew;
  }

  void lock() {
    lock.lock();
  }

  /** Gives the lock back; then {@link #launchAll} is due. */
  void unlock() {
    lock.unlock();
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
    boolean given;
    lock.lock();
    try {
      if (broken != null) {
        throw new BrokenExecutorException(broken);
      }
      if (shutdown) {
        throw new RejectedExecutionException("task '" + work.name() + "' was rejected: its engine is shut down");
      }
      work.attach(job);
      given = crew.accept(job);
    } finally {
      lock.unlock();
    }
    if (given) {
      launch(job);
    }
    launchAll();
  }

  /** {@link #launchAll} for those who do it later; always the same one. */
  Runnable launching() {
    return launching;
  }

  /** Begins and sends what was given to workers. */
  void launchAll() {
    for (Job job = crew.nextLaunch(); job != null; job = crew.nextLaunch()) {
      launch(job);
    }
  }

  private void launch(Job job) {
    boolean begun = job.begin();
    lock.lock();
    try {
      Worker worker = job.worker;
      if (worker == null) {
        return; // its worker has ended meanwhile, and it is on another way
      }
      if (job.sent) {
        if (!begun && !job.isDropped()) { // it was cancelled while nobody could know that a worker had come to it
          endInWorker(worker, job, "task '" + job + "' was cancelled");
        }
      } else if (!begun || job.isDropped()) {
        Crew.retract(job);
        job.task.release();
        crew.afterRetract(worker);
      } else if (worker.leaving || !Crew.send(worker, job)) {
        Crew.retract(job);
        crew.acceptAgain(job);
        if (!worker.leaving) {
          crew.condemn(worker, Departure.UNFIT, "it did not read what was sent");
        }
        crew.serve();
      } else {
        crew.topUp(worker);
        if (options.maxRss() > 0 && System.nanoTime() - worker.idleSince > WorkerReports.RSS_LOOK_NANOS) {
          worker.channel.wakeUp(); // nobody watches the memory of a worker that idles
        }
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- taking back, and stopping ----

  @Override
  public boolean withdraw(Work work) {
    if (!(work.attachment() instanceof Job job)) {
      return true;
    }
    lock.lock();
    try {
      if (!job.isNew()) {
        return job.isWithdrawn();
      }
      Worker worker = job.worker;
      boolean sent = worker != null && job.sent;
      if (worker != null && sent && !worker.channel.takeBack(job.id)) {
        crew.begin(job); // the worker has started it, and this side only did not know yet
        return false;
      }
      boolean withdrawn = job.withdraw();
      if (worker != null && sent) {
        Crew.retract(job);
        if (!withdrawn) { // it has begun here in this very moment, so it must go on
          crew.acceptAgain(job);
        }
        crew.afterRetract(worker);
      }
      if (withdrawn) {
        crew.backlog().drop(job);
        work.attach(null);
      }
      return withdrawn;
    } finally {
      lock.unlock();
      launchAll();
    }
  }

  /**
   * Ends a task that was sent, and no other one; the lock is held.
   *
   * <p>What was sent behind it is taken back first. If some of that cannot be, the worker has started it, and so is past this
   * task; and if all of it is back, nothing but this task can be hurt.
   */
  private void endInWorker(Worker worker, Job job, String reason) {
    crew.takeBackBehind(worker, job);
    if (isUnclaimedInPassing(job) && worker.channel.takeBack(job.id)) {
      Crew.retract(job);
      job.task.release();
      crew.afterRetract(worker);
    } else if (!worker.channel.isPassed(job.id)) {
      crew.backlog().drop(job); // it may be taken back, but must not be sent again
      crew.condemn(worker, Departure.STOPPED, reason);
    }
    crew.serve();
  }

  @Override
  public void stop(Attempt attempt) {
    if (!(attempt.work().attachment() instanceof Job job) || job.attempt() != attempt) {
      return;
    }
    lock.lock();
    try {
      attempt.work().attach(null);
      Worker worker = job.worker;
      if (worker == null || !job.sent) {
        crew.backlog().drop(job);
      } else {
        endInWorker(worker, job, "task '" + job + "' was cancelled or its time was over");
      }
    } finally {
      lock.unlock();
    }
    launchAll();
  }

  /** Whether it has just been sent. If a worker has not claimed it for long, that worker is stuck. */
  private static boolean isUnclaimedInPassing(Job job) {
    return System.nanoTime() - job.sentNanos < UNCLAIMED_IN_PASSING_NANOS;
  }

  @Override
  public List<Work> drain() {
    List<Work> taken;
    lock.lock();
    try {
      crew.takeBackWhatIsAhead();
      taken = crew.backlog().withdrawAll();
      crew.serve();
    } finally {
      lock.unlock();
    }
    launchAll();
    return taken;
  }

  // ---- threads that wait ----

  @Override
  public void help(Work awaited, long nanos) {
    lending.help(awaited, nanos);
  }

  @Override
  public void callBack(Runnable callbacks) {
    this.callbacks.run(callbacks);
  }

  private void tellThatOneEnded() {
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
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
      each.jobs.forEach(job -> addAttempt(job, attempts));
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

  // ---- the end ----

  /** Starts the spare workers. */
  void open() {
    lock.lock();
    try {
      crew.keepSpares();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      crew.close();
      checkEnd();
    } finally {
      lock.unlock();
    }
  }

  /** Fails what waits, and rejects what comes; the lock is held. */
  void breakWith(BrokenExecutorException error) {
    boolean first = broken == null;
    broken = first ? error : broken;
    List<Job> lost = crew.backlog().clear(); // also if it is broken already: workers' tasks may have come back
    if (first) {
      crew.close();
    }
    if (lost.isEmpty()) {
      return;
    }
    // Elsewhere, for this thread holds the lock and the futures call foreign code.
    Thread.ofVirtual()
        .name(name + "-broken")
        .start(() -> lost.forEach(job -> job.fail(new BrokenExecutorException(error))));
  }

  /** Fails what has come back since, if it is broken: then true. The lock is held. */
  boolean breakAgain() {
    if (broken != null) {
      breakWith(broken);
    }
    return broken != null;
  }

  /** Looks whether it is over; the lock is held. */
  void checkEnd() {
    if (shutdown && !terminated && crew.isEmpty()) {
      terminated = true;
      atEnd.run();
      ended.signalAll();
    }
  }

  private boolean isOver() {
    return terminated && callbacks.areOver();
  }

  @Override
  public boolean isTerminated() {
    lock.lock();
    try {
      return isOver();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    long nanos = Patience.nanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!isOver()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = ended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
