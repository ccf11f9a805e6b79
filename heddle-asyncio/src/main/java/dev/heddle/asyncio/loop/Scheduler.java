package dev.heddle.asyncio.loop;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.ProblemReporter;
import dev.heddle.asyncio.diagnostics.StepMonitor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps and callbacks on one thread, in turns.
 *
 * <p>One turn polls I/O, takes what other threads have posted, fires the timers that are due, and then runs what is ready at
 * that moment. What becomes ready meanwhile runs in the next turn. With nothing to do, the turn waits; in virtual time it
 * moves the clock to the next timer.
 *
 * <p>Confined to the thread that makes it, except for {@link #post}, {@link #isInside} and {@link #problems}.
 */
public final class Scheduler {
  /**
   * Virtual time: so long a loop without anything to do waits for other threads to complete a stage, in real nanoseconds.
   */
  private static final long STAGE_PATIENCE = 5_000_000_000L;

  private final LoopOptions options;
  private final Thread thread = Thread.currentThread();

  /** Set on the threads of coroutines that run on the fallback engine and take turns with the loop's thread. */
  private final ThreadLocal<@Nullable Boolean> adopted = new ThreadLocal<>();

  private final ProblemReporter problems;
  private final TimerHeap timers = new TimerHeap();
  private final ExternalWork external;
  private final ReadyQueue ready = new ReadyQueue();
  private final Inbox inbox = new Inbox();
  private final Set<PendingOutput> unsent = new LinkedHashSet<>();
  private final SpareBuffers buffers = new SpareBuffers();
  private final Parking parking;
  private final @Nullable SplittableRandom random;
  private final @Nullable StepMonitor monitor;
  private final StepBudget budget;
  private long virtualNow;
  private @Nullable Resumable current;
  private boolean closed;

  /**
   * Virtual time: when the loop last had something to run, in real time, and whether it has waited too long for a stage
   * since.
   */
  private long acted = System.nanoTime();

  private boolean abandoned;

  /** A scheduler for the calling thread. */
  public Scheduler(LoopOptions options) {
    this.options = options;
    this.external = new ExternalWork(options.virtualTime());
    this.problems = new ProblemReporter(options.problems());
    this.parking = new Parking(inbox, problems, options.virtualTime());
    Long seed = options.seed();
    this.random = seed == null ? null : new SplittableRandom(seed);
    this.budget = new StepBudget(!options.virtualTime());
    this.monitor = StepMonitor.of(options, this::nanoTime, problems);
  }

  /** The options of the loop. */
  public LoopOptions options() {
    return options;
  }

  /** Where problems are reported. */
  public ProblemReporter problems() {
    return problems;
  }

  /** Counts what the loop waits for outside. */
  public ExternalWork external() {
    return external;
  }

  /** The step that runs now; null inside a callback and between two steps. */
  public @Nullable Resumable current() {
    return current;
  }

  /** The budget of the step that runs now. */
  public StepBudget budget() {
    return budget;
  }

  /** The loop's time in nanoseconds. */
  public long nanoTime() {
    return options.virtualTime() ? virtualNow : System.nanoTime();
  }

  // ---- what to run ----

  /** Adds a task to the ready queue. */
  public void ready(Resumable resumable) {
    ready.add(resumable);
  }

  /** Adds a callback to the ready queue. */
  public void ready(Runnable callback) {
    ready.add(callback);
  }

  /** Adds a callback from any thread; false if the scheduler is closed. */
  public boolean post(Runnable callback) {
    if (!inbox.add(callback)) {
      return false;
    }
    parking.wake();
    return true;
  }

  /**
   * Returns the time until a point of {@link #nanoTime}, between minus 73 and 146 years; the extreme values have passed or
   * never come.
   */
  public long until(long nanoTime) {
    long difference = nanoTime == Long.MIN_VALUE ? nanoTime : nanoTime == Long.MAX_VALUE ? nanoTime : nanoTime - nanoTime();
    return Math.clamp(difference, Long.MIN_VALUE / 4, Long.MAX_VALUE / 2); // deadlines further apart could not be compared
  }

  /** Sets a timer, which must not be set. */
  public void setTimer(Timer timer, long delayNanos) {
    timers.add(timer, nanoTime() + delayNanos);
  }

  /** Clears a timer; does nothing if it is not set. */
  public void clearTimer(Timer timer) {
    timers.remove(timer);
  }

  /** Runs a callback after a delay; zero is the next turn. */
  public EventLoop.TimerHandle callLater(long delayNanos, Runnable callback) {
    ScheduledCall call = new ScheduledCall(this, callback);
    setTimer(call, delayNanos);
    return call;
  }

  /** Runs a callback at a time of {@link #nanoTime}. */
  public EventLoop.TimerHandle callAt(long nanoTime, Runnable callback) {
    return callLater(until(nanoTime), callback);
  }

  // ---- one turn ----

  /**
   * Runs one turn; waits if there is nothing to do.
   *
   * @param maxWait the longest wait in real time, in nanoseconds; {@link Long#MAX_VALUE} is no bound
   * @return whether it has run anything
   */
  public boolean turn(long maxWait) {
    if (isIdle()) {
      idle(maxWait);
    } else {
      parking.pollIfDue(timers);
    }
    if (!inbox.isEmpty()) {
      inbox.drainTo(ready::add);
    }
    if (!timers.isEmpty()) {
      long now = nanoTime();
      while (!timers.isEmpty() && timers.nextDeadline() - now <= 0) {
        timers.poll().fire();
      }
    }
    int count = ready.size();
    if (count > 0 && options.virtualTime()) {
      acted = System.nanoTime();
      abandoned = false;
    }
    if (random != null) {
      ready.shuffle(count, random);
    }
    for (int i = 0; i < count; i++) {
      Object next = ready.poll();
      if (monitor != null) {
        monitor.begin(next);
        runOne(next);
        monitor.end(next);
      } else {
        runOne(next);
      }
    }
    return count > 0;
  }

  private void runOne(Object next) {
    if (next instanceof Resumable resumable) {
      budget.reset();
      current = resumable;
      resumable.step();
      current = null;
      return;
    }
    try {
      ((Runnable) next).run();
    } catch (Throwable t) {
      problems.report(LoopProblem.Kind.CALLBACK_FAILURE, "a callback of the event loop threw " + t, t);
    }
  }

  /** Whether nothing is ready and nothing was posted. */
  public boolean isIdle() {
    return ready.isEmpty() && inbox.isEmpty();
  }

  /**
   * Whether nothing can happen any more; never in real time. A stage that a task awaits may be completed by another thread,
   * so it counts as abandoned only after some seconds of real time without any event.
   */
  public boolean isStuck() {
    return options.virtualTime() && isIdle() && timers.isEmpty()
        && (external.isEmpty() || (abandoned && !external.isWorking()));
  }

  /** Whether only another thread, by a callback that it posts, can make something ready. */
  public boolean isAlone() {
    return isIdle() && timers.isEmpty() && external.isEmpty() && !parking.hasChannels();
  }

  private void idle(long maxWait) {
    if (!options.virtualTime()) {
      long now = timers.isEmpty() ? 0 : nanoTime();
      parking.park(timers.isEmpty() ? maxWait : Math.min(maxWait, Math.max(0, timers.nextDeadline() - now)));
    } else if (external.isWorking()) {
      parking.park(Long.MAX_VALUE);
    } else if (!timers.isEmpty()) {
      virtualNow = Math.max(virtualNow, timers.nextDeadline());
    } else if (!external.isEmpty()) {
      parking.park(STAGE_PATIENCE);
      abandoned = isIdle() && !Thread.currentThread().isInterrupted() && System.nanoTime() - acted >= STAGE_PATIENCE;
    }
  }

  /** The poller with which channels register; opened by the first call. */
  public Poller poller() {
    return parking.poller();
  }

  /** The spare buffers of the loop's connections. */
  public SpareBuffers buffers() {
    return buffers;
  }

  /** Records whether a stream has data that was not sent yet. */
  public void pending(PendingOutput stream, boolean hasSome) {
    if (hasSome) {
      unsent.add(stream);
    } else {
      unsent.remove(stream);
    }
  }

  /** The streams with data that was not sent yet; a copy. */
  public List<PendingOutput> pendingOutput() {
    return List.copyOf(unsent);
  }

  // ---- end ----

  /** Accepts no more callbacks, runs the accepted ones, and closes all channels. */
  public void close() {
    closed = true;
    List<Runnable> last = new ArrayList<>();
    inbox.close(last::add);
    while (!ready.isEmpty()) {
      if (ready.poll() instanceof Runnable callback) {
        last.add(callback);
      }
    }
    last.forEach(this::runOne);
    parking.close();
    if (monitor != null) {
      monitor.close();
    }
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  // ---- threads ----

  /** Makes the calling thread, which takes turns with the loop's thread, count as the loop's. */
  public void adopt() {
    adopted.set(true);
  }

  /** Whether the calling thread runs this loop's code. */
  public boolean isInside() {
    return Thread.currentThread() == thread || adopted.get() != null;
  }

  /** Checks that the calling thread runs this loop's code. */
  public void checkInside(String what) {
    if (!isInside()) {
      throw new LoopStateException(
          what + " was called on thread '" + Thread.currentThread().getName() + "', which does not run this event loop; use"
              + " loop.callSoon(() -> …) to get there");
    }
  }
}
