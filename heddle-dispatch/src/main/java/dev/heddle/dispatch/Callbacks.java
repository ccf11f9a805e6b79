package dev.heddle.dispatch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the callbacks of futures on virtual threads, so that they do not delay a thread that reads messages. Thread-safe. */
final class Callbacks {
  private final String name;
  private final Runnable afterEach;
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /**
   * Creates callbacks of which none runs.
   *
   * @param name of the executor
   * @param afterEach is run when some have ended
   */
  Callbacks(String name, Runnable afterEach) {
    this.name = name;
    this.afterEach = afterEach;
  }

  void run(Runnable callbacks) {
    running.incrementAndGet();
    try {
      Thread.ofVirtual().name(name + "-callback").start(() -> runHere(callbacks));
    } catch (Throwable e) { // out of threads: on this one, then
      runHere(callbacks);
    }
  }

  private void runHere(Runnable callbacks) {
    threads.add(Thread.currentThread());
    try {
      callbacks.run();
    } finally {
      threads.remove(Thread.currentThread());
      running.decrementAndGet();
      afterEach.run();
    }
  }

  /** Whether none runs; a thread that runs some itself need not wait for them. */
  boolean areOver() {
    return running.get() == 0 || threads.contains(Thread.currentThread());
  }
}
