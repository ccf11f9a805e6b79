package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Queue;
import dev.heddle.asyncio.QueueShutDownException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Check;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A queue: its items, and the tasks that wait to put, to get, or for the work to be done. */
public final class LoopQueue<T> extends LoopBound implements Queue<T> {
  private final int capacity;
  private final Order<T> items;
  private final WaitQueue<T, Get<T>> getters = new WaitQueue<>();
  private final WaitQueue<@Nullable Void, Put<T>> putters = new WaitQueue<>();
  private final WaitQueue<@Nullable Void, Join> joiners = new WaitQueue<>();
  private int unfinished;
  private boolean shutDown;

  /** The order in which items leave the queue. */
  private interface Order<T> {
    void add(T item);

    @Nullable
    T poll();

    int size();

    void clear();
  }

  /** First in, first out, or last in, first out. */
  private static final class Ends<T> implements Order<T> {
    private final Deque<T> items = new ArrayDeque<>();
    private final boolean last;

    Ends(boolean last) {
      this.last = last;
    }

    @Override
    public void add(T item) {
      items.addLast(item);
    }

    @Override
    public @Nullable T poll() {
      return last ? items.pollLast() : items.pollFirst();
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public void clear() {
      items.clear();
    }
  }

  /** The least first; equal ones in the order in which they were added. */
  private static final class Least<T> implements Order<T> {
    private record Entry<T>(T item, long number) {}

    private final PriorityQueue<Entry<T>> items;
    private long number;

    Least(Comparator<? super T> comparator) {
      items = new PriorityQueue<>((one, other) -> {
        int order = comparator.compare(one.item(), other.item());
        return order != 0 ? order : Long.compare(one.number(), other.number());
      });
    }

    @Override
    public void add(T item) {
      items.add(new Entry<>(item, number++));
    }

    @Override
    public @Nullable T poll() {
      Entry<T> first = items.poll();
      return first == null ? null : first.item();
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public void clear() {
      items.clear();
    }
  }

  private LoopQueue(int capacity, Order<T> items) {
    this.capacity = Check.positive(capacity, "capacity", "or use Queue.unbounded()");
    this.items = items;
  }

  /** See {@link Queue#of}. */
  public static <T> LoopQueue<T> fifo(int capacity) {
    return new LoopQueue<>(capacity, new Ends<>(false));
  }

  /** See {@link Queue#lifo}. */
  public static <T> LoopQueue<T> lifo(int capacity) {
    return new LoopQueue<>(capacity, new Ends<>(true));
  }

  /** See {@link Queue#priority}. */
  public static <T> LoopQueue<T> priority(int capacity, Comparator<? super T> comparator) {
    return new LoopQueue<>(capacity, new Least<>(Check.<Comparator<? super T>>notNull(comparator, "comparator")));
  }

  @Override
  public Awaitable<@Nullable Void> put(T item) {
    return new Put<>(this, Check.<T>notNull(item, "item"));
  }

  @Override
  public boolean tryPut(T item) {
    Check.<T>notNull(item, "item");
    checkInside("Queue.tryPut");
    checkOpen("put");
    return accept(item);
  }

  @Override
  public Awaitable<T> get() {
    return new Get<>(this);
  }

  @Override
  public @Nullable T tryGet() {
    checkInside("Queue.tryGet");
    T item = take();
    if (item == null) {
      checkOpen("get");
    }
    return item;
  }

  @Override
  public Awaitable<@Nullable Void> join() {
    return new Join(this);
  }

  @Override
  public void taskDone() {
    checkInside("Queue.taskDone");
    if (unfinished == 0) {
      throw new LoopStateException(
          "taskDone was called more often than items were put in; call it once for each item taken");
    }
    done(1);
  }

  @Override
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

  @Override
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

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public boolean isFull() {
    return items.size() >= capacity;
  }

  @Override
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
      waiting.task().wake(item); // a task waits only while the queue is empty
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

  private static final class Get<T> extends QueuedWait<T> {
    private final LoopQueue<T> queue;

    Get(LoopQueue<T> queue) {
      this.queue = queue;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      queue.enter(task);
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

  private static final class Put<T> extends QueuedWait<@Nullable Void> {
    private final LoopQueue<T> queue;
    private final T item;

    Put(LoopQueue<T> queue, T item) {
      this.queue = queue;
      this.item = item;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      queue.enter(task);
      queue.checkOpen("put");
      if (queue.accept(item)) {
        return null;
      }
      queue.putters.add(this);
      return PENDING;
    }

    @Override
    public String toString() {
      return "waiting for space in a queue";
    }
  }

  private static final class Join extends QueuedWait<@Nullable Void> {
    private final LoopQueue<?> queue;

    Join(LoopQueue<?> queue) {
      this.queue = queue;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      queue.enter(task);
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
