package dev.heddle.process.launch;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.base.ModuleLog;
import dev.heddle.base.process.ProcessTree;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process of a worker, from its start to its end. It has so long for each part of its life; when that is over it is
 * killed, and killed again, until it is dead or no pool waits for it any more.
 *
 * <p>Thread-safe; but {@link #call}, {@link #attend} and {@link #awaitEnd} are for one thread, the channel's, which has to
 * attend to it within {@link #millisLeft}.
 */
public final class WorkerProcess {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final long AGAIN_MILLIS = 100; // between two kills

  /** Starts processes. */
  public interface Starter {
    /** Starts one that is to call at an address, with the mark of a tree in its environment. */
    Process start(String address, ProcessTree tree) throws IOException;

    /** Returns what the started process is told about its default locale and time zone; empty if nothing. */
    default String defaults() {
      return "";
    }
  }

  /** The parts of its life; it never goes back to an earlier one. */
  private enum Phase {
    STARTING, SERVING,
    /** The worker was told to end, or has closed its connection. */
    LEAVING,
    /** Its JVM exits, and runs its shutdown hooks. */
    EXITING, KILLED
  }

  private final int number;
  private final Starter starter;
  private final OptionSources sources;
  private final WorkerTimeouts timeouts;
  private final Duration startTimeout;
  private final Runnable wake;
  private final String token = WorkerHome.token();
  private final ProcessTree tree = new ProcessTree(); // the process and its descendants, orphans included
  private volatile @Nullable Process process;
  private volatile boolean exited;
  private volatile @Nullable String imposed; // why this side ended it
  private volatile Phase phase = Phase.STARTING;
  private long deadline; // of the phase; under the monitor
  private volatile long lastKilled;

  /**
   * Creates a process that has not been started.
   *
   * @param sources where the options of its JVM come from
   * @param wake makes the channel's thread attend to it
   */
  public WorkerProcess(int number, Starter starter, OptionSources sources, Duration startTimeout, WorkerTimeouts timeouts,
      Runnable wake) {
    this.number = number;
    this.starter = starter;
    this.sources = sources;
    this.startTimeout = startTimeout;
    this.timeouts = timeouts;
    this.wake = wake;
    this.deadline = System.nanoTime() + Check.nanos(startTimeout);
  }

  // ---- questions ----

  /** Returns its process id, or -1 if it has none yet. */
  public long pid() {
    Process started = process;
    return started == null ? -1 : started.pid();
  }

  /** Returns the token that it must present when it connects. */
  public String token() {
    return token;
  }

  /** Returns whether the process was started. */
  public boolean wasStarted() {
    return process != null;
  }

  /** Returns whether it was told to end, or is being killed. */
  public boolean isLeaving() {
    return phase.compareTo(Phase.SERVING) > 0;
  }

  // ---- its start ----

  /**
   * Starts the process and accepts its connection.
   *
   * @param server where it is to call; closed by this
   * @return the connection, not blocking, or null if it has ended before or must
   */
  @Nullable
  public SocketChannel call(ServerSocketChannel server, Selector selector) throws IOException {
    try (server;
        Handshake handshake = new Handshake(server, token, selector)) {
      if (phase == Phase.KILLED) {
        return null; // before it began
      }
      Process started = starter.start(handshake.address(), tree);
      tree.started(List.of(started.toHandle()));
      process = started;
      started.onExit().thenRun(this::hasExited);
      if (phase == Phase.KILLED) { // meanwhile
        started.destroyForcibly();
      }
      tellToken(started);
      SocketChannel come = handshake.look();
      while (come == null && attend()) {
        selector.select(Math.min(millisLeft(), AGAIN_MILLIS));
        selector.selectedKeys().clear();
        come = handshake.look();
        exited |= !started.isAlive(); // in case the JDK has no thread to report the exit
      }
      return come;
    }
  }

  /**
   * Tells it, and the defaults, which are found while its JVM starts; through standard input, which other users cannot read,
   * unlike a command line.
   */
  private void tellToken(Process started) {
    try {
      started.getOutputStream().write((token + " " + starter.defaults() + "\n").getBytes(StandardCharsets.US_ASCII));
      started.getOutputStream().flush();
    } catch (IOException e) {
      // it has ended already, which its exit will tell better
    }
  }

  private void hasExited() {
    exited = true;
    wake.run();
  }

  // ---- its life ----

  private synchronized boolean enter(Phase next, Duration allowed) {
    if (next.compareTo(phase) <= 0) {
      return false;
    }
    deadline = System.nanoTime() + Check.nanos(allowed);
    phase = next;
    return true;
  }

  /** Notes that the worker is ready: from now on it has no deadline. */
  public void serves() {
    enter(Phase.SERVING, Duration.ZERO);
  }

  /** Notes that its JVM has reported that it exits. */
  public void exits() {
    if (enter(Phase.EXITING, timeouts.toExit())) {
      wake.run();
    }
  }

  /** Notes that the worker was told to end. */
  public synchronized void leaves() {
    if (imposed == null) {
      imposed = "it was told to end";
    }
    enter(Phase.LEAVING, timeouts.toEnd());
  }

  /**
   * Kills the process and its descendants on another thread, since finding them takes time. The last call gives the
   * reason.
   */
  public void kill(String reason) {
    imposed = reason;
    lastKilled = System.nanoTime();
    enter(Phase.KILLED, timeouts.toDie());
    Process started = process;
    if (started != null) {
      try {
        Thread.ofPlatform()
            .name("heddle-kill-" + started.pid())
            .daemon(true)
            .start(() -> tree.end(Duration.ZERO));
      } catch (OutOfMemoryError e) { // no thread to be had: here, then
        tree.kill();
      }
    }
    wake.run();
  }

  /** Notes an error on this side, for which the process must end. */
  public void noteCause(String what, Throwable e) {
    if (imposed == null) {
      imposed = what + ": " + (e instanceof IOException ? firstLine(e.getMessage()) : e);
    }
  }

  /** Without the JDK's guesses below, such as that its own files were replaced: the error number says what it was. */
  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("").strip();
  }

  /** Returns the milliseconds until {@link #attend} is due; at least 1. */
  public synchronized long millisLeft() {
    if (phase == Phase.SERVING) {
      return Long.MAX_VALUE;
    }
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1);
    return phase == Phase.KILLED ? Math.min(left, AGAIN_MILLIS) : left;
  }

  /**
   * Does what is due: kills the process if its deadline has passed.
   *
   * @return whether it still lives, and is worth waiting for
   */
  public boolean attend() {
    if (exited || phase == Phase.SERVING) {
      return !exited;
    }
    long now = System.nanoTime();
    boolean late = isLate(now);
    if (phase == Phase.KILLED) {
      if (late) {
        return false; // the system does not let go of it, which must not hold up the pool
      }
      killAgain(now);
    } else if (late) {
      kill(lateness());
    }
    return true;
  }

  private synchronized boolean isLate(long now) {
    return phase != Phase.SERVING && now - deadline > 0; // it may have become ready just now
  }

  private String lateness() {
    String before = imposed;
    if (before != null) {
      return before;
    }
    return switch (phase) {
      case STARTING ->
        "it was not ready within " + Describe.duration(startTimeout) + "; shorten the initializer or lengthen startTimeout";
      case EXITING ->
        "its JVM was told to exit, but had not after " + Describe.duration(timeouts.toExit()) + "; shutdown hooks must end";
      case SERVING, LEAVING, KILLED -> "it had closed its connection";
    };
  }

  private void killAgain(long now) {
    Process started = process;
    if (started != null && now - lastKilled > TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS)) {
      lastKilled = now;
      try {
        tree.kill();
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.ignored("killing worker " + number + " (pid " + started.pid() + ")", e); // it is tried again
      }
    }
  }

  // ---- its end ----

  /** Waits for its end, for a bounded time; returns false if it may still live, or was never started. */
  public boolean awaitEnd() {
    Process started = process;
    if (started == null) {
      return false;
    }
    enter(Phase.LEAVING, timeouts.toEnd());
    try {
      boolean dead = started.waitFor(Math.min(millisLeft(), AGAIN_MILLIS), TimeUnit.MILLISECONDS);
      while (!dead && attend()) {
        dead = started.waitFor(Math.min(millisLeft(), AGAIN_MILLIS), TimeUnit.MILLISECONDS);
      }
      return dead;
    } catch (InterruptedException e) {
      started.destroyForcibly(); // this thread is interrupted only to end the process
      return false;
    }
  }

  /**
   * Returns how it ended.
   *
   * @param orderly whether it said that its JVM was about to exit
   * @param raw what it wrote past Java's streams
   * @param report where its JVM writes its report of a fatal error
   */
  public ProcessEnd end(boolean orderly, String raw, @Nullable Path report) {
    Process started = process;
    if (started == null) {
      return unseen("it was not started");
    }
    int code = started.isAlive() ? -1 : started.exitValue();
    return ProcessEnd.of(started.pid(), code, orderly, imposed, raw, report, sources);
  }

  /** Returns an end that was not observed, with the reason that this side knows. */
  public ProcessEnd unseen(String otherwise) {
    String reason = imposed;
    return endBy(reason == null ? otherwise : reason);
  }

  /** Returns an end that was not observed, with a reason. */
  public ProcessEnd endBy(String reason) {
    return new ProcessEnd(pid(), -1, 0, reason, "", null, sources);
  }

  /** Releases its resources on this side. */
  public void close() {
    Process started = process;
    if (started != null) {
      try {
        started.getOutputStream().close();
      } catch (IOException e) {
        // it ended before it had read its token, which cannot be written any more
      }
    }
  }
}
