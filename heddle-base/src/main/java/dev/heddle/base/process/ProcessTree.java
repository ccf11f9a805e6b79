package dev.heddle.base.process;

import dev.heddle.base.Check;
import dev.heddle.base.ModuleLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tree of processes: some roots and all their descendants, which are ended together.
 *
 * <p>A descendant whose parent has ended is an orphan; the system no longer lists it among the descendants of the root. On
 * Linux orphans are found by a mark in their environment, the variable {@code HEDDLE_TREE}, which every process inherits
 * unless it clears its environment. A process with a cleared environment is missed there once its parent has ended.
 * Elsewhere than on Linux, all those are missed whose parents had ended before the first look.
 *
 * <p>A tree has ended when a complete look finds none of its processes alive. Without free file descriptors there is no
 * complete look; then a small reserve is closed, and what fails is repeated.
 *
 * <p>Use: {@link #mark} the environment of each root, start it, and register it by {@link #started}. Thread-safe.
 */
public final class ProcessTree {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.base.process");
  private static final AtomicLong COUNT = new AtomicLong();
  private static final Duration KILLING = Duration.ofSeconds(5);
  private static final Duration KILLING_IN_BACKGROUND = Duration.ofHours(1);
  private static final long LONGEST_PAUSE_MILLIS = 16;
  private static final long BACKGROUND_PAUSE_MILLIS = 200;

  static {
    load();
  }

  private final @Nullable ProcessTable table;
  private final String mark = ProcessHandle.current().pid() + "." + Long.toHexString(System.nanoTime()) + "."
      + COUNT.incrementAndGet();
  private volatile List<Found> roots = List.of();
  private volatile boolean impatient;
  private volatile boolean unsure;

  /** A process that was found, and when it started, if that is known: its number may be given to another process later. */
  private record Found(ProcessHandle handle, @Nullable String start) {}

  /** Creates a tree without processes. */
  public ProcessTree() {
    this(ProcessTable.system());
  }

  /** Loads the classes that end a tree, for that may need file descriptors, and there may be none when it is done. */
  private static void load() {
    ProcessTree empty = new ProcessTree(null);
    if (empty.end(Duration.ZERO)) {
      Thread.currentThread().interrupt(); // it is meant for the caller, who happens to be the first one to use this class
    }
    ProcessTable table = ProcessTable.system();
    if (table != null) {
      table.load();
    }
  }

  ProcessTree(@Nullable ProcessTable table) {
    this.table = table;
    DescriptorReserve.fill();
  }

  /**
   * Adds the mark of this tree to the environment of a root that is about to be started. Marks of trees to which this JVM
   * itself belongs are kept, in front of it.
   */
  public void mark(Map<String, String> environment) {
    if (table != null) {
      environment.merge(ProcessTable.VARIABLE, mark, (outer, own) -> outer + ":" + own);
    }
  }

  /** Registers the roots, which have been started with a marked environment. */
  public void started(List<ProcessHandle> processes) {
    roots = processes.stream().map(each -> new Found(each, start(each))).toList();
  }

  private @Nullable String start(ProcessHandle process) {
    try {
      return table == null ? null : table.startOf(process.pid());
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns whether the tree has roots. */
  public boolean isStarted() {
    return !roots.isEmpty();
  }

  /** Returns whether the last {@link #end} was not sure that all processes have ended; it goes on in the background then. */
  public boolean isUnsure() {
    return unsure;
  }

  /** Asks all processes of the tree to end (SIGTERM), without waiting. */
  public void terminate() {
    Search search = new Search();
    search.lookHard(true);
    search.ask();
  }

  /**
   * Kills all processes that the tree has now (SIGKILL), once, without waiting for their ends. The roots are killed whatever
   * goes wrong in looking for their descendants.
   */
  public void kill() {
    new Search().kill(true);
  }

  /**
   * Ends all processes: asks them to end (SIGTERM), waits for the grace period, and kills those that are left (SIGKILL).
   * Returns when all have ended, or five seconds after the first kill; then the killing goes on in the background, a warning
   * is logged, and {@link #isUnsure} is true. An interrupt shortens the grace period, not the work.
   *
   * @param grace how long to wait between the two signals; zero kills at once, and also ends the grace period of a call that
   *     another thread has under way
   * @return whether the thread was interrupted meanwhile; its interrupt status is clear
   */
  public boolean end(Duration grace) {
    if (grace.isZero()) {
      impatient = true; // also for a call of another thread, which holds the monitor
    }
    return endNow(grace);
  }

  private synchronized boolean endNow(Duration grace) {
    boolean interrupted = Thread.interrupted();
    Search search = new Search();
    try {
      long start = System.nanoTime();
      long graceNanos = Check.nanos(grace);
      boolean ended = false;
      for (long pause = 1; !ended && System.nanoTime() - start < graceNanos && !interrupted
          && !impatient; pause = longer(pause)) {
        if (pause == 1 || pause == LONGEST_PAUSE_MILLIS) { // in between only those that are known are looked at
          search.lookHard(pause > 1); // most trees have no orphans: it is enough to look for them once the others have ended
        }
        search.ask();
        interrupted = awaitRoots(pause);
        ended = search.isOver();
      }
      start = System.nanoTime();
      for (long pause = 1; !ended && System.nanoTime() - start < KILLING.toNanos(); pause = longer(pause)) {
        search.kill(pause > 1);
        interrupted |= awaitRoots(pause);
        ended = search.isOver();
      }
      unsure = !ended;
      if (unsure) {
        goOn(search);
      }
    } finally {
      DescriptorReserve.fill();
    }
    return interrupted;
  }

  private void goOn(Search search) {
    LOG.warning("processes " + search.pids() + " are not known to have ended five seconds after SIGKILL: they are blocked in"
        + " the system, belong to another user, or there are no free file descriptors; they are killed again in the background");
    Thread.ofVirtual().name("heddle-kill").start(() -> {
      long start = System.nanoTime();
      boolean ended = false;
      while (!ended && System.nanoTime() - start < KILLING_IN_BACKGROUND.toNanos()) {
        boolean _ = pause(BACKGROUND_PAUSE_MILLIS);
        search.kill(true);
        ended = search.isOver();
      }
      unsure = !ended;
    });
  }

  private static long longer(long pause) {
    return Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
  }

  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Waits for the roots, briefly; returns whether the thread was interrupted. */
  private boolean awaitRoots(long millis) {
    List<ProcessHandle> living = roots.stream().map(Found::handle).filter(ProcessHandle::isAlive).toList();
    if (living.isEmpty()) {
      return millis > 1 && pause(millis); // the others are not children of this JVM, which therefore gets no event
    }
    try {
      CompletableFuture.allOf(living.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    } catch (TimeoutException | ExecutionException e) {
      // they are looked at again
    }
    return false;
  }

  /** A search for the processes of the tree, which are found by one look after the other. For one thread. */
  private final class Search {
    private final Map<Long, Found> found = new LinkedHashMap<>();
    private final Set<Found> asked = new HashSet<>();

    List<Long> pids() {
      return List.copyOf(found.keySet());
    }

    /** Asks the processes that are new to end. */
    void ask() {
      for (Found each : List.copyOf(found.values())) {
        if (asked.add(each)) {
          each.handle.destroy();
        }
      }
    }

    /**
     * Looks for processes and kills all. Roots first, or a root that waits for its children would see them end, and go on.
     */
    void kill(boolean orphans) {
      try {
        lookHard(orphans);
        found.values().forEach(each -> each.handle.destroyForcibly());
      } finally { // whatever the search throws
        roots.forEach(root -> root.handle.destroyForcibly());
      }
    }

    /** Looks, and looks again with the reserve of file descriptors if that was not possible. */
    void lookHard(boolean orphans) {
      if (!look(orphans)) {
        DescriptorReserve.release();
        boolean _ = look(orphans);
      }
    }

    /** Returns whether a complete look finds no process of the tree. */
    boolean isOver() {
      return forgetEnded() && found.isEmpty() && look(true) && found.isEmpty();
    }

    /** Adds the processes that are alive now; returns whether the look was complete. */
    private boolean look(boolean orphans) {
      try {
        boolean complete = forgetEnded();
        for (Found root : roots) {
          complete &= addRoot(root);
        }
        complete &= addDescendants();
        if (table != null && orphans) {
          ProcessTable.Marked marked = table.marked(mark);
          complete &= marked.complete();
          for (long pid : marked.pids()) {
            complete &= add(pid);
          }
        }
        return complete;
      } catch (IOException e) {
        return false;
      } catch (RuntimeException e) {
        LOG.ignored("looking for the descendants of processes " + pids(), e);
        return false;
      }
    }

    private boolean addDescendants() throws IOException {
      boolean complete = true;
      Deque<ProcessHandle> open = new ArrayDeque<>(found.values().stream().map(Found::handle).toList());
      for (ProcessHandle parent = open.poll(); parent != null; parent = open.poll()) {
        if (table == null) {
          try (Stream<ProcessHandle> descendants = parent.descendants()) {
            descendants.filter(ProcessHandle::isAlive).forEach(each -> found.putIfAbsent(each.pid(), new Found(each, null)));
          }
        } else {
          for (long child : table.children(parent)) {
            boolean known = found.containsKey(child);
            complete &= add(child);
            Found added = found.get(child);
            if (!known && added != null) {
              open.add(added.handle);
            }
          }
        }
      }
      return complete;
    }

    private boolean addRoot(Found root) throws IOException {
      ProcessHandle handle = root.handle;
      String start = table == null ? null : table.startOf(handle.pid());
      boolean same = root.start == null ? handle.isAlive() : root.start.equals(start);
      if (same && (table == null || start != null)) {
        found.putIfAbsent(handle.pid(), new Found(handle, start));
      }
      return same || start == null || root.start != null || ProcessTable.hasDescriptor();
    }

    /** Adds a process, if it is alive; returns false if that cannot be seen. */
    private boolean add(long pid) throws IOException {
      String start = table == null || found.containsKey(pid) ? null : table.startOf(pid);
      if (start == null) {
        return true;
      }
      ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
      if (handle == null) {
        return table == null || table.startOf(pid) == null; // otherwise the JDK could not look
      }
      found.put(pid, new Found(handle, start));
      return true;
    }

    /** Removes the processes that have ended; returns whether that is known of each. */
    private boolean forgetEnded() {
      boolean sure = true;
      for (Found each : new ArrayList<>(found.values())) {
        try {
          if (hasEnded(each)) {
            found.remove(each.handle.pid());
          }
        } catch (IOException e) {
          sure = false;
        }
      }
      return sure;
    }

    private boolean hasEnded(Found process) throws IOException {
      if (table == null) {
        return !process.handle.isAlive();
      }
      String start = table.startOf(process.handle.pid());
      return start == null || !start.equals(process.start);
    }
  }
}
