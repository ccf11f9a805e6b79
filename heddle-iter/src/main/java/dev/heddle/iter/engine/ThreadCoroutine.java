package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorExit;
import dev.heddle.iter.Suspender;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The fallback engine: the body runs as it is on a virtual thread, which takes turns with the thread that drives it.
 *
 * <p>Each side waits until {@link #turn} is its own; the volatile field also publishes the plain fields that carry the
 * request and the answer. The thread belongs to an executor of its own, because those are the threads that the JDK does not
 * keep alive: when the coroutine is dropped, the parked thread is garbage with it.
 */
public final class ThreadCoroutine<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
    extends
      AbstractCoroutine<Y, S, R>
    implements
      Suspender {
  private static final int SUSPENDED = 1;

  private enum Turn {
    DRIVER, BODY, ENDED,
    /** The driver does not wait any more for the body, which is to end when it comes to a yield. */
    ABANDONED
  }

  /** What runs on the virtual thread, until it is started. */
  private Push.@Nullable Start task;
  private volatile Turn turn = Turn.DRIVER;
  private volatile @Nullable Thread driver;
  private volatile @Nullable Thread body;

  /** Held to end the body's turn and to interrupt the body in its turn, so that it is never interrupted out of it. */
  private final Object baton = new Object();

  // The request, then the answer.
  private @Nullable Object value;
  private @Nullable Throwable raised;

  /** Whether the thread that makes the request, or gives the answer, was interrupted: the other one takes that over. */
  private boolean interrupted;

  /** What the body's own thread has thrown because it lacks a ScopedValue, which the caller may have bound for itself. */
  private @Nullable Throwable unbound;

  private final Fallback fallback;

  ThreadCoroutine(Push.Start task, Fallback fallback) {
    this.fallback = fallback;
    this.task = task;
  }

  @Override
  protected @Nullable Object resume(int at, @Nullable Object sent, @Nullable Throwable exception) throws Throwable {
    if (at == CREATED) {
      fallback.beforeStart();
    }
    fallback.resumed();
    value = sent;
    raised = exception;
    interrupted = Thread.interrupted();
    driver = Thread.currentThread();
    turn = Turn.BODY;
    if (at == CREATED) {
      start();
    } else {
      LockSupport.unpark(body);
    }
    boolean late = awaitBody();
    driver = null;
    takeInterrupt(late);
    Object answer = value;
    Throwable failure = raised;
    value = null;
    raised = null;
    if (turn == Turn.DRIVER) {
      state = SUSPENDED;
    }
    if (failure != null) {
      if (Traces.isNew(failure, exception)) {
        unbound = isUnbound(failure) ? failure : null;
        Traces.addCallers(failure);
      }
      throw failure;
    }
    return answer;
  }

  /** Interrupts this thread if the other one was, or if it was itself while it waited. */
  private void takeInterrupt(boolean late) {
    if (interrupted || late) {
      interrupted = false;
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    ThreadFactory virtual = Thread.ofVirtual().name("generator").factory();
    ExecutorService own = Executors.newThreadPerTaskExecutor(task -> body = virtual.newThread(task));
    own.execute(this::runBody);
    own.shutdown(); // takes no other task; the running one goes on
  }

  /**
   * Waits until the body suspends or ends; an interrupt of the driver meanwhile is one of the body, as if they were one
   * thread.
   *
   * @return whether an interrupt came too late for the body
   */
  @SuppressWarnings("ThreadPriorityCheck") // only to save time
  private boolean awaitBody() {
    boolean late = false;
    InitializerWatch watch = null;
    if (Thread.currentThread().isVirtual()) {
      Thread.yield(); // a body that answers soon does so meanwhile, which saves the timer of a timed wait
    }
    while (turn == Turn.BODY) {
      if (watch == null) {
        LockSupport.parkNanos(this, InitializerWatch.PERIOD);
      } else {
        watch.park(this);
      }
      late |= Thread.interrupted() && !interruptBody();
      if (turn == Turn.BODY) {
        watch = watch == null ? fallback.watch() : watch;
        if (watch.isStuck(body) && abandon()) {
          takeInterrupt(late);
          throw fallback.stuck(watch);
        }
      }
    }
    return late;
  }

  /** Gives the body up, unless it has answered just now; an interrupt that it was handed comes back. */
  private boolean abandon() {
    Thread running = body;
    synchronized (baton) {
      if (turn != Turn.BODY) {
        return false;
      }
      turn = Turn.ABANDONED;
      interrupted = running != null && running.isInterrupted();
    }
    driver = null;
    return true;
  }

  /** False when the body is not running any more. */
  private boolean interruptBody() {
    synchronized (baton) {
      Thread running = body;
      if (running == null || turn != Turn.BODY) {
        return false;
      }
      running.interrupt();
      return true;
    }
  }

  private void runBody() {
    takeInterrupt(false);
    Object result = null;
    Throwable failure = null;
    try {
      Push.Start toRun = task;
      task = null;
      result = toRun == null ? null : toRun.run(this);
    } catch (Throwable t) {
      failure = t;
    }
    answer(Turn.ENDED, result, failure);
  }

  /** Ends the body's turn; false if the driver does not wait for that any more. */
  private boolean answer(Turn next, @Nullable Object result, @Nullable Throwable failure) {
    Thread waiting = driver;
    synchronized (baton) {
      if (turn == Turn.ABANDONED) {
        delegate = null; // which the body may just have set
        return false;
      }
      value = result;
      raised = failure;
      interrupted = Thread.interrupted();
      turn = next;
    }
    LockSupport.unpark(waiting);
    return true;
  }

  @Override
  public @Nullable Object suspend(@Nullable Object element) {
    checkOwnThread();
    if (!answer(Turn.DRIVER, element, null)) {
      throw new GeneratorExit();
    }
    boolean late = false;
    while (turn != Turn.BODY) {
      LockSupport.park(this);
      late |= Thread.interrupted();
    }
    takeInterrupt(late);
    Object received = value;
    Throwable exception = raised;
    value = null;
    raised = null;
    if (exception != null) {
      throw CoroutineErrors.sneaky(exception);
    }
    return received;
  }

  @Override
  public @Nullable Object delegate(@Nullable Object source) {
    checkOwnThread();
    return suspend(delegateTo(source));
  }

  private void checkOwnThread() {
    Turn now = turn;
    if (body != Thread.currentThread() || now == Turn.DRIVER || now == Turn.ENDED) {
      throw Push.notItsTurn();
    }
    if (now == Turn.ABANDONED) {
      throw new GeneratorExit();
    }
  }

  @Override
  protected List<StackTraceElement> places() {
    Thread waiting = state == SUSPENDED ? body : null;
    return waiting == null ? List.of() : Traces.ofBody(waiting.getStackTrace());
  }

  private static boolean isUnbound(Throwable t) {
    StackTraceElement[] trace = t.getStackTrace();
    return t instanceof NoSuchElementException && trace.length > 0
        && trace[0].getClassName().equals(ScopedValue.class.getName());
  }

  @Override
  Throwable escaping(Throwable t) {
    return t == unbound ? CoroutineErrors.unbound(fallback.reason(), t) : super.escaping(t);
  }

  @Override
  protected @Nullable Object pushed() {
    return task;
  }

  @Override
  protected void clear() {
    task = null;
    value = null;
    raised = null;
    unbound = null;
    body = turn == Turn.ABANDONED ? body : null; // which may still come to a yield
  }
}
