package dev.heddle.codec.form;

import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of objects that coordinate threads of one process. Many of them are {@code Serializable}, but a copy in another
 * process would neither exclude, wake nor count anything here, so the codec refuses them. Concurrent collections of data,
 * such as {@code ConcurrentHashMap}, are not among them.
 */
public enum ProcessBound {
  /** Locks and semaphores. */
  LOCK("a copy would exclude no thread of this process",
      "synchronize around the call of submit, or use a file lock (FileChannel.lock) inside the task"),
  /** Atomic variables, arrays, references and adders. */
  ATOMIC("the task would change a copy", "pass its value, and return what is to be added or stored here"),
  /** Latches, barriers, phasers, exchangers and conditions. */
  RENDEZVOUS("a copy would wake no thread of this process", "wait for the task's future instead"),
  /** Blocking queues. */
  QUEUE("a copy would pass on no element",
      "pass the elements as inputs of map or submit, and take the results from their futures"),
  /** Threads, thread-local and scoped values, timers. */
  THREAD("it belongs to the threads of this process", "create it inside the task, or pass its value"),
  /** Executors and futures. */
  EXECUTOR("its tasks run in this process", "submit to it here and pass the results, or create one inside the task");

  private static final String SEGMENT = "java.util.concurrent.ConcurrentHashMap$Segment"; // written for old readers, never used
  private static final String SEGMENT_LOCK = "java.util.concurrent.locks.ReentrantLock$";

  private static final ClassValue<Kind> KINDS = new ClassValue<>() {
    @Override
    protected Kind computeValue(Class<?> type) {
      return new Kind(find(type));
    }
  };

  private static final List<Map.Entry<Class<?>, ProcessBound>> TYPES = List.of(
      Map.entry(Lock.class, LOCK),
      Map.entry(ReadWriteLock.class, LOCK),
      Map.entry(StampedLock.class, LOCK),
      Map.entry(Semaphore.class, LOCK),
      Map.entry(AbstractOwnableSynchronizer.class, LOCK),
      Map.entry(CountDownLatch.class, RENDEZVOUS),
      Map.entry(CyclicBarrier.class, RENDEZVOUS),
      Map.entry(Phaser.class, RENDEZVOUS),
      Map.entry(Exchanger.class, RENDEZVOUS),
      Map.entry(Condition.class, RENDEZVOUS),
      Map.entry(BlockingQueue.class, QUEUE),
      Map.entry(Thread.class, THREAD),
      Map.entry(ThreadGroup.class, THREAD),
      Map.entry(ThreadLocal.class, THREAD),
      Map.entry(ScopedValue.class, THREAD),
      Map.entry(Timer.class, THREAD),
      Map.entry(Executor.class, EXECUTOR),
      Map.entry(Future.class, EXECUTOR));

  private final String why;
  private final String remedy;

  ProcessBound(String why, String remedy) {
    this.why = why;
    this.remedy = remedy;
  }

  private record Kind(@Nullable ProcessBound bound) {}

  /** Returns the kind of a class; null if its objects are not bound to their process. */
  public static @Nullable ProcessBound of(Class<?> type) {
    return KINDS.get(type).bound();
  }

  /** Returns why a copy is of no use. */
  public String why() {
    return why;
  }

  /** Returns what to use instead. */
  public String remedy() {
    return remedy;
  }

  private static @Nullable ProcessBound find(Class<?> type) {
    String name = type.getName();
    if (name.equals(SEGMENT) || name.startsWith(SEGMENT_LOCK)) {
      return null;
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getPackageName().equals("java.util.concurrent.atomic")) {
        return ATOMIC;
      }
    }
    for (Map.Entry<Class<?>, ProcessBound> each : TYPES) {
      if (each.getKey().isAssignableFrom(type)) {
        return each.getValue();
      }
    }
    return null;
  }
}
