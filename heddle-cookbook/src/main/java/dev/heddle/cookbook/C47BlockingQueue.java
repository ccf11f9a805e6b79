package dev.heddle.cookbook;

import dev.heddle.queue.ClosableQueue;
import java.io.PrintStream;
import java.util.function.Predicate;

/** A queue whose takers wait for items, whose putters wait for room, and which knows when all work is done. */
final class C47BlockingQueue extends Recipe {

  C47BlockingQueue() {
    super(
        "A queue that waits: take, put, and join",
        """
            take waits for an item, so the consumer's done comes after the producer's put.
            put waits for room: in a queue for one, each second put comes after a take.
            join waits until every item was worked on; nobody polls.""");
  }

  /** What one of the programs does on its second thread. */
  private interface Consumer {
    void run() throws InterruptedException;
  }

  private static Thread start(Consumer consumer) {
    return Thread.startVirtualThread(
        () -> {
          try {
            consumer.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the consumer", e);
          }
        });
  }

  /** Waits until another thread waits, which a program would not do; here it fixes the order of what is printed. */
  private static void await(Thread thread, Predicate<Thread.State> state) {
    while (!state.test(thread.getState())) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    waitForAnItem(out);
    out.println();
    waitForRoom(out);
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

  static void waitForRoom(PrintStream out) throws InterruptedException {
    ClosableQueue<Integer> queue = ClosableQueue.fifo(1);
    ClosableQueue<String> turns = ClosableQueue.fifo(1); // takes and puts return at once; so each prints when it is its turn
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
