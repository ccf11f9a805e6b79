package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A queue between tasks, first in, first out; putting waits while it is full, getting while it is empty.
 *
 * <p>Those who wait are served in the order in which they came. No item is lost: one that is handed to a task which is cancelled
 * at that moment is delivered, and the cancellation comes at that task's next await; a put that is cancelled has not put.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Queue}, with {@code shutdown} of Python 3.13.
 *
 * @param <T> the type of the items, which are never null
 */
public final class Queue<T> extends Confined {
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private final WaitList<Get<T>> getters = new WaitList<>();
  private final WaitList<Put<T>> putters = new WaitList<>();
  private final WaitList<Join> joiners = new WaitList<>();
  private int unfinished;
  private boolean shutDown;

  private Queue(int capacity) {
    this.capacity = capacity;
  }

  /** A queue for a number of items; at least 1. */
  public static <T> Queue<T> of(int capacity) {
    return new Queue<>(Check.positive(capacity, "capacity", "or use Queue.unbounded()"));
  }

  /** A queue that is never full. */
  public static <T> Queue<T> unbounded() {
    return new Queue<>(Integer.MAX_VALUE);
  }

  /**
   * Waits until there is room, and puts an item in.
   *
   * @return throws {@link QueueShutDownException} if the queue is shut down
   */
  public Awaitable<@Nullable Void> put(T item) {
    return new Put<>(this, Check.<T>notNull(item, "item"));
  }

  /**
   * Puts an item in if there is room; does not wait.
   *
   * @return whether there was room
   * @throws QueueShutDownException if the queue is shut down
   */
  public boolean tryPut(T item) {
    Check.<T>notNull(item, "item");
    checkInside("Queue.tryPut");
    checkOpen("put");
    return accept(item);
  }

  /**
   * Waits for an item and takes it out.
   *
   * @return throws {@link QueueShutDownException} if the queue is shut down and empty
   */
  public Awaitable<T> get() {
    return new Get<>(this);
  }

  /**
   * Takes an item out if there is one; does not wait.
   *
   * @return null if the queue is empty
   * @throws QueueShutDownException if the queue is shut down and empty
   */
  public @Nullable T tryGet() {
    checkInside("Queue.tryGet");
    T item = take();
    if (item == null) {
      checkOpen("get");
    }
    return item;
  }

  /** Waits until each item that was put in has been taken out and said to be done. */
  public Awaitable<@Nullable Void> join() {
    return new Join(this);
  }

  /**
   * Says that the work on an item that was taken out is done.
   *
   * @throws LoopStateException if it was said more often than items were put in
   */
  public void taskDone() {
    checkInside("Queue.taskDone");
    if (unfinished == 0) {
      throw new LoopStateException(
          "taskDone was called more often than items were put in; call it once for each item taken");
    }
    done(1);
  }

  /** Takes no more items; those in it can still be got. Tasks that wait to put, or for an item, fail. Nothing the second time. */
  public void shutdown() {
    checkInside("Queue.shutdown");
    shutDown = true;
    for (Put<T> next = putters.poll(); next != null; next = putters.poll()) {
      next.task().fail(new QueueShutDownException("put"));
    }
    for (Get<T> next = getters.poll(); next != null; next = getters.poll()) {
      next.task().fail(new QueueShutDownException("get"));
    }
  }

  /** Shuts down, and drops the items in it, which count as done. Origin: {@code shutdown(immediate=True)}. */
  public void shutdownNow() {
    shutdown();
    int dropped = items.size();
    items.clear();
    done(dropped);
  }

  private void done(int count) {
    unfinished -= count;
    if (unfinished == 0) {
      for (Join next = joiners.poll(); next != null; next = joiners.poll()) {
        next.task().wake(null);
      }
    }
  }

  /** How many items are in it. */
  public int size() {
    return items.size();
  }

  /** Whether it was shut down. */
  public boolean isShutDown() {
    return shutDown;
  }

  private void checkOpen(String what) {
    if (shutDown) {
      throw new QueueShutDownException(what);
    }
  }

  private boolean accept(T item) {
    Get<T> waiting = getters.poll();
    if (waiting == null) {
      if (items.size() >= capacity) {
        return false;
      }
      items.add(item);
    } else {
      waiting.task().wake(item); // nobody waits unless the queue is empty
    }
    unfinished++;
    return true;
  }

  private @Nullable T take() {
    T item = items.poll();
    Put<T> waiting = item == null ? null : putters.poll();
    if (waiting != null) {
      items.add(waiting.item);
      unfinished++;
      waiting.task().wake(null);
    }
    return item;
  }

  @Override
  public String toString() {
    return "<Queue " + items.size() + " items" + (shutDown ? ", shut down" : "") + ">";
  }

  private static final class Get<T> extends Waiting<T> {
    private final Queue<T> queue;

    Get(Queue<T> queue) {
      this.queue = queue;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      queue.enter(task.loop);
      T item = queue.take();
      if (item != null) {
        return item;
      }
      queue.checkOpen("get");
      queue.getters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for an item of a queue";
    }
  }

  private static final class Put<T> extends Waiting<@Nullable Void> {
    private final Queue<T> queue;
    private final T item;

    Put(Queue<T> queue, T item) {
      this.queue = queue;
      this.item = item;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      queue.enter(task.loop);
      queue.checkOpen("put");
      if (queue.accept(item)) {
        return null;
      }
      queue.putters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for room in a queue";
    }
  }

  private static final class Join extends Waiting<@Nullable Void> {
    private final Queue<?> queue;

    Join(Queue<?> queue) {
      this.queue = queue;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      queue.enter(task.loop);
      if (queue.unfinished == 0) {
        return null;
      }
      queue.joiners.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting until a queue's " + queue.unfinished + " items are done";
    }
  }
}
