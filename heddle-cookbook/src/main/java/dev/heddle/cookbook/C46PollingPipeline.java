package dev.heddle.cookbook;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Three workers that poll their queues: download, resize, upload. A negative example. */
final class C46PollingPipeline extends Recipe {
  private static final long NAP_NANOS = 10_000_000;

  private final int items;
  private final long napNanos;

  C46PollingPipeline() {
    this(1_000, NAP_NANOS);
  }

  C46PollingPipeline(int items, long napNanos) {
    super(
        "A pipeline of workers that poll",
        """
            Each worker polls its queue, mostly without success: there are far more polls than items.
            The workers have no signal to end, and the queue before a slow stage grows without bound (see C48).""");
    this.items = items;
    this.napNanos = napNanos;
  }

  /** A thread-safe queue that can only be polled. */
  private static final class MyQueue {
    private final Deque<Object> items = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    void put(Object item) {
      lock.lock();
      try {
        items.addLast(item);
      } finally {
        lock.unlock();
      }
    }

    @Nullable
    Object poll() {
      lock.lock();
      try {
        return items.pollFirst();
      } finally {
        lock.unlock();
      }
    }

    int size() {
      lock.lock();
      try {
        return items.size();
      } finally {
        lock.unlock();
      }
    }
  }

  private final class Worker implements Runnable {
    private final UnaryOperator<Object> fn;
    private final MyQueue in;
    private final MyQueue out;
    private volatile boolean endless = true;
    volatile int polls;

    Worker(UnaryOperator<Object> fn, MyQueue in, MyQueue out) {
      this.fn = fn;
      this.in = in;
      this.out = out;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread only
    public void run() {
      while (endless) {
        polls++;
        Object item = in.poll();
        if (item == null) {
          LockSupport.parkNanos(napNanos);
        } else {
          out.put(fn.apply(item));
        }
      }
    }
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    MyQueue downloads = new MyQueue();
    MyQueue resizes = new MyQueue();
    MyQueue uploads = new MyQueue();
    MyQueue done = new MyQueue();
    List<Worker> workers = List.of(
        new Worker(item -> item, downloads, resizes),
        new Worker(item -> item, resizes, uploads),
        new Worker(item -> item, uploads, done));
    List<Thread> threads = workers.stream().map(Thread::startVirtualThread).toList();
    for (int i = 0; i < items; i++) {
      downloads.put(i);
    }
    while (done.size() < items) {
      Thread.onSpinWait(); // busy waiting, as in the Python program
    }
    out.printf("Processed %d items after polling %d times%n", done.size(), workers.stream().mapToInt(w -> w.polls).sum());
    out.printf("%d workers still poll for work that never comes%n", threads.stream().filter(Thread::isAlive).count());
    workers.forEach(worker -> worker.endless = false); // the Python program has no such exit
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
