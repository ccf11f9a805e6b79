package dev.heddle.futures.live;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The open executors, pipelines and loops of this copy of Heddle. Held weakly, and until they are closed: the registry keeps
 * nothing alive. A registration costs an entry of a set; a task costs nothing.
 *
 * <p>While there are any, the Flight Recorder knows of the view ({@link LiveRecording}); afterwards it does not, so that it does
 * not keep the class loader of this copy.
 *
 * <p>Thread-safe. No lock is held while objects describe themselves. A lock is held while the Flight Recorder is told, which
 * may block for as long as it is being started.
 */
public final class LiveObjects {
  private static final Set<Entry> ENTRIES = ConcurrentHashMap.newKeySet();
  private static final ReferenceQueue<LiveObject> UNREACHABLE = new ReferenceQueue<>();
  private static final AtomicLong LAST_ID = new AtomicLong();
  private static boolean recording; // guarded by the class

  private LiveObjects() {}

  /** An object that is registered until this is closed. Thread-safe. */
  public interface Registration extends AutoCloseable {
    /** Removes the object; does nothing the second time. */
    @Override
    void close();
  }

  private static final class Entry extends WeakReference<LiveObject> implements Registration {
    private final long id = LAST_ID.incrementAndGet();

    Entry(LiveObject object) {
      super(object, UNREACHABLE);
    }

    @Override
    public void close() {
      clear(); // or the collector would hand it to the queue, too
      remove(this);
    }
  }

  /** Registers an object, which must stay reachable for as long as it is in use. */
  public static Registration add(LiveObject object) {
    forgetUnreachable();
    Entry entry = new Entry(object);
    ENTRIES.add(entry);
    tellRecorder();
    return entry;
  }

  private static void remove(Entry entry) {
    if (ENTRIES.remove(entry) && ENTRIES.isEmpty()) {
      tellRecorder();
    }
  }

  private static void forgetUnreachable() {
    for (Reference<? extends LiveObject> each; (each = UNREACHABLE.poll()) != null;) {
      remove((Entry) each);
    }
  }

  private static synchronized void tellRecorder() {
    boolean wanted = !ENTRIES.isEmpty();
    if (wanted != recording) {
      recording = wanted;
      if (wanted) {
        LiveRecording.install();
      } else {
        LiveRecording.uninstall();
      }
    }
  }

  /**
   * Describes all objects, the oldest first.
   *
   * @param limit the largest number of rows
   * @param patience for how many nanoseconds objects may wait for other threads, all together
   */
  static LiveRows describe(int limit, long patience) {
    forgetUnreachable();
    List<Entry> entries = ENTRIES.stream().sorted(Comparator.comparingLong(entry -> entry.id)).toList();
    LiveRows rows = new LiveRows(limit, patience);
    for (Entry each : entries) {
      guarded(each.get(), rows, each, LiveObject::prepare);
    }
    for (Entry each : entries) {
      guarded(each.get(), rows, each, object -> object.describe(rows, Long.toString(each.id)));
    }
    return rows;
  }

  private interface Step {
    void take(LiveObject object);
  }

  /** What one object throws must not hide the others. */
  private static void guarded(@Nullable LiveObject object, LiveRows rows, Entry entry, Step step) {
    if (object != null) {
      try {
        step.take(object);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        rows.add("unknown", entry.id + "/failed", "", object.getClass().getSimpleName()).state("failed").text(e.toString());
      }
    }
  }

  /** Returns how many objects are registered. */
  static int count() {
    forgetUnreachable();
    return ENTRIES.size();
  }
}
