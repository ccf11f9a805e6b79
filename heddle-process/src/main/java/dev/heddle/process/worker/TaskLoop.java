package dev.heddle.process.worker;

import dev.heddle.codec.TaskDecoder;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Frame;
import java.io.IOException;
import java.util.concurrent.Callable;

/** The main loop of a worker: runs one task after the other. For one thread. */
final class TaskLoop {
  private static final long BRIEF_NANOS = 50_000; // after a task as brief as that the next one is likely to be, too
  private static final long LONGEST_HELD_BACK_NANOS = 100_000;

  private final Connection connection;
  private final Claims claims;
  private final Prints prints;
  private final TaskDecoder decoder;
  private final ClassLoader context;
  private final WarmUp warmUp = new WarmUp();

  /**
   * Creates the loop.
   *
   * @param context the context class loader of tasks
   */
  TaskLoop(Connection connection, Claims claims, Prints prints, TaskDecoder decoder, ClassLoader context) {
    this.connection = connection;
    this.claims = claims;
    this.prints = prints;
    this.decoder = decoder;
    this.context = context;
  }

  /** Works until the parent says that nothing more comes. */
  void run() throws IOException {
    while (true) {
      Frame frame = connection.next();
      switch (frame.type()) {
        case Frame.DEFINE -> decoder.define(frame.id(), frame.body());
        case Frame.TASK -> work(frame);
        case Frame.PREPARE -> prepare(frame);
        case Frame.QUIT -> {
          return;
        }
        default -> throw new IOException("the parent sent a frame of the unknown type " + frame.type());
      }
    }
  }

  private void prepare(Frame frame) throws IOException {
    Thread.currentThread().setContextClassLoader(context);
    try {
      if (frame.value() >= 0) {
        decoder.decode((int) frame.value(), frame.body()).call();
      }
      prints.flush();
      connection.send(Frame.READY, 0, 0, Frame.EMPTY);
      warmUp.begin();
    } catch (Throwable e) {
      prints.flush();
      connection.send(Frame.UNPREPARED, 0, 0, decoder.failures().encode(e, "the initializer"));
    }
  }

  private void work(Frame frame) throws IOException {
    int id = frame.id();
    warmUp.end();
    if (!claims.claim(id)) { // taken back
      claims.pass(id);
      return;
    }
    prints.task(id);
    Thread.currentThread().setContextClassLoader(context);
    byte type = Frame.RESULT;
    byte[] body;
    long start = System.nanoTime();
    try {
      Callable<?> task = decoder.decode((int) frame.value(), frame.body());
      body = decoder.values().encode(task.call());
    } catch (Throwable e) { // of decoding, running or encoding: it is the task's
      type = Frame.FAILURE;
      body = decoder.failures().encode(e, "number " + id + " of this worker");
    }
    long end = System.nanoTime();
    long nanos = end - start;
    Thread.interrupted(); // it was meant for this task
    prints.task(0);
    boolean now = nanos > BRIEF_NANOS || connection.heldBackFor(end) > LONGEST_HELD_BACK_NANOS;
    connection.post(type, id, nanos, end, body, now);
    claims.pass(id);
  }
}
