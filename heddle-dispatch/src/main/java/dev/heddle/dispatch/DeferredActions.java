package dev.heddle.dispatch;

import dev.heddle.base.ModuleLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Actions that call foreign code and therefore wait until the dispatcher's lock is free: tasks that were assigned to workers
 * begin and are sent, and others fail. A thread that has held the lock {@linkplain #run runs} them afterwards, those of
 * other threads included. Thread-safe.
 *
 * <p>Each action is done whatever becomes of another. This is where errors of a launch end, those of a thread without memory
 * or stack among them: another thread tries again, and after the third time the task fails.
 */
final class DeferredActions {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private static final int MAX_TRIES = 3;

  /** An action: a task is to be launched, again if that has failed, or to fail. */
  sealed interface Action permits DispatchedTask, Retry, Failure, Notice {}

  /** A task whose launch has failed on some threads. */
  record Retry(DispatchedTask task, int tries) implements Action {}

  /** A task that fails. */
  record Failure(DispatchedTask task, Throwable cause) implements Action {}

  /** A call of the engine's, or the user's, that concerns no task. */
  record Notice(Runnable call) implements Action {}

  /** Launches tasks that were assigned to workers. */
  interface Launcher {
    /** Lets the task begin, and sends it. */
    void launch(DispatchedTask task);

    /** The task cannot be launched. */
    void refuse(DispatchedTask task, Throwable cause);
  }

  private final Launcher launcher;
  private final Queue<Action> actions = new ConcurrentLinkedQueue<>();

  DeferredActions(Launcher launcher) {
    this.launcher = launcher;
  }

  /** A task was assigned to a worker, or has turned out to be at the head of its worker's queue. */
  void launch(DispatchedTask task) {
    actions.add(task);
  }

  /** A task is to fail. */
  void fail(DispatchedTask task, Throwable cause) {
    actions.add(new Failure(task, cause));
  }

  /** Something is to be told. */
  void tell(Runnable call) {
    actions.add(new Notice(call));
  }

  /**
   * Launches the calling thread's own task, without the queue; false if it could not, and another is to try. No lock is
   * held.
   */
  boolean launchNow(DispatchedTask task) {
    return launch(task, 1);
  }

  /** Does what is due; no lock is held. */
  void run() {
    for (Action next = actions.poll(); next != null; next = actions.poll()) {
      if (!done(next)) {
        return; // this thread has no memory or stack: another does the rest
      }
    }
  }

  /**
   * Does one of them; false if this thread could not. No switch over types, whose first run takes 1 to 2 ms of a program's
   * start.
   */
  private boolean done(Action next) {
    if (next instanceof DispatchedTask task) {
      return launch(task, 1);
    }
    if (next instanceof Retry retry) {
      return launch(retry.task, retry.tries + 1);
    }
    return next instanceof Failure failure ? failNow(failure.task, failure.cause) : tellNow(((Notice) next).call);
  }

  /** Launches a task; false if this thread could not, and another is to try. */
  private boolean launch(DispatchedTask task, int tries) {
    try {
      launcher.launch(task);
    } catch (VirtualMachineError e) { // perhaps this thread's, deep in a recursion of its own, and not the task's
      Worker worker = tries < MAX_TRIES ? task.worker() : null;
      if (worker != null) {
        actions.add(new Retry(task, tries));
        worker.channel.wakeUp(); // its thread has a stack of its own
        return false;
      }
      launcher.refuse(task, e);
    } catch (Throwable e) {
      launcher.refuse(task, e);
    }
    return true;
  }

  private static boolean failNow(DispatchedTask task, Throwable cause) {
    try {
      task.fail(cause);
    } catch (Throwable e) { // of a callback: the future is done
      LOG.ignored("failing task '" + task + "'", e);
    }
    return true;
  }

  private static boolean tellNow(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      LOG.ignored("a notice of the engine", e);
    }
    return true;
  }
}
