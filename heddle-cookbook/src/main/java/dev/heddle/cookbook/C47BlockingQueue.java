package dev.heddle.cookbook;

import dev.heddle.queue.ClosableQueue;
import java.io.PrintStream;
import java.util.function.Predicate;

/** A queue whose consumers wait for items, whose producers wait for capacity, and which tracks unfinished items. */
final class C47BlockingQueue extends Recipe {

  C47BlockingQueue() {
    super(
        "A queue that waits: take, put, and join",
        """
            take waits for an item, so the consumer is done after the put of the producer.
            put waits for capacity: in a queue of capacity one, the second put comes after a take.
            join waits until all items have been processed; no thread polls.""");
  }

  /** The code that an example runs on its second thread. */
  private interface Consumer {
    void run() throws InterruptedException;
  }

  private static Thread start(Consumer consumer) {
    return Thread.startVirtualThread(
        () -> {
          try {
            consumer.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException("the consumer is never interrupted", e);
          }
        });
  }

  /** Waits until another thread waits; for this example only, to fix the order of the output. */
  private static void await(Thread thread, Predicate<Thread.State> state) {
    while (!state.test(thread.getState())) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    waitForAnItem(out);
    out.println();
    waitForCapacity(out);
    out.println();
    waitForTheWork(out);
  }

  static void waitForAnItem(PrintStream out) throws InterruptedException {
    ClosableQueue<Object> queue = ClosableQueue.fifo();
    Thread consumer = start(
        () -> {
          out.println("Consumer waiting");
          queue.take(); // returns after the put below
          out.println("Consumer done");
        });
    await(consumer, state -> state == Thread.State.WAITING);
    out.println("Producer putting");
    queue.put("item");
    consumer.join();
    out.println("Producer done");
  }

  static void waitForCapacity(PrintStream out) throws InterruptedException {
    ClosableQueue<Integer> queue = ClosableQueue.fifo(1);
    ClosableQueue<String> turns = ClosableQueue.fifo(1); // hands the turn from one thread to the other
    Thread producer = Thread.currentThread();
    Thread consumer = start(
        () -> {
          await(producer, state -> state == Thread.State.WAITING); // the queue is full, and the second put waits
          out.println("Consumer got " + queue.take());
          turns.put("producer's");
          turns.join();
          out.println("Consumer got " + queue.take());
        });
    queue.put(1);
    out.println("Producer put 1");
    queue.put(2); // waits until the consumer has taken the first
    turns.take();
    out.println("Producer put 2");
    turns.taskDone();
    consumer.join();
    out.println("Producer done");
  }

  static void waitForTheWork(PrintStream out) throws InterruptedException {
    ClosableQueue<Object> queue = ClosableQueue.fifo();
    Thread producer = Thread.currentThread();
    Thread consumer = start(
        () -> {
          out.println("Consumer waiting");
          queue.take();
          await(producer, state -> state == Thread.State.WAITING); // in the join below
          out.println("Consumer working");
          out.println("Consumer done");
          queue.taskDone();
        });
    await(consumer, state -> state == Thread.State.WAITING);
    out.println("Producer waiting");
    queue.put("item");
    queue.join(); // until taskDone
    out.println("Producer done");
    consumer.join();
  }
}
