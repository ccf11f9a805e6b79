package dev.heddle.process.wire;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The claims of tasks that were sent ahead: a page of memory that the parent shares with one worker, with a word for each task, which says which side has it.
 *
 * <p>The worker claims a task before it starts it, and the parent may take back one that is not claimed: each by a
 * compare-and-set of the same word, so exactly one of them has it. What the parent takes back the worker skips when it comes
 * to it. The page outlives the worker, and then says what was running. Thread-safe; nothing blocks.
 */
public final class Claims {
  /** The number of tasks that can be on their way at once. */
  public static final int SLOTS = 256;

  private static final int FREE = 0;
  private static final int SENT = 1;
  private static final int STARTED = 2;
  private static final int TAKEN_BACK = 3;

  /** A buffer's, not a memory segment's: to make that one takes 10 ms of each worker's start, and this one less than 1. */
  private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final ByteBuffer page;

  private Claims(ByteBuffer page) {
    this.page = page;
  }

  /** Creates a file and maps it. It has all its blocks: a mapping without kills the process that touches it, if the disk is full. */
  public static Claims create(Path file) throws IOException {
    Files.write(file, new byte[SLOTS * Integer.BYTES]);
    return map(file);
  }

  /** Maps an existing file. The mapping lasts as long as the returned object is reachable. */
  public static Claims map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Claims(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, SLOTS * Integer.BYTES, Arena.ofAuto()).asByteBuffer());
    }
  }

  private boolean change(int task, int from, int to) {
    try {
      return WORD.compareAndSet(page, offset(task), from, to);
    } catch (InternalError e) { // thrown by the JVM if the file has been truncated
      return false;
    }
  }

  private static int offset(int task) {
    return (task & (SLOTS - 1)) * Integer.BYTES;
  }

  // ---- the parent ----

  /** Announces a task that is about to be sent; false if the worker has not come past an earlier one in its place. */
  public boolean announce(int task) {
    return change(task, FREE, SENT);
  }

  /** Takes back a task that was sent; false if the worker has claimed it. */
  public boolean takeBack(int task) {
    return change(task, SENT, TAKEN_BACK);
  }

  /** Returns whether a task that was sent has not been claimed yet. */
  public boolean isUnclaimed(int task) {
    return (int) WORD.getVolatile(page, offset(task)) == SENT;
  }

  /** Whether the worker has come past a task that was sent, so that its end is on the way. */
  public boolean isPassed(int task) {
    return (int) WORD.getVolatile(page, offset(task)) == FREE;
  }

  // ---- the worker ----

  /** Claims a task; false if it was taken back: then it is to be skipped. */
  public boolean claim(int task) {
    return change(task, SENT, STARTED);
  }

  /** Notes that the worker has come past a task. */
  public void pass(int task) {
    WORD.setVolatile(page, offset(task), FREE);
  }
}
