package dev.heddle.process.wire;

import dev.heddle.base.MappedFaults;
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
import org.jspecify.annotations.Nullable;

/**
 * The claims of tasks that were sent ahead: a page of memory that the parent shares with one worker, which says which side
 * has each of them.
 *
 * <p>The worker claims a task before it starts it, and the parent may take back one that is not claimed; exactly one of them
 * has it. Each side writes words of its own only, and then looks at the other's:
 *
 * <pre>
 * the worker claims task n         the parent takes back task n
 * -------------------------------  --------------------------------------------
 * come = n                         verdict[n] = ASKED
 * verdict[n] = none:   it runs     come &lt; n:   verdict[n] = BACK, it is back
 *            ASKED:  it waits      come &gt;= n:  verdict[n] = LEFT, the worker has it
 *            LEFT:   it runs
 *            BACK:   it is skipped
 * </pre>
 *
 * <p>At least one of them sees the other's word; if both do, the worker waits for the verdict, which always comes. The
 * parent never waits. There is no compare-and-set: on memory whose file was truncated, as a worker may do, that would end
 * the parent's process ({@link MappedFaults}). The parent believes nothing, see {@link #problem}.
 *
 * <p>The page outlives the worker, and then says what was running. Thread-safe.
 */
public final class Claims {
  /** The number of tasks that can be on their way at once. */
  public static final int SLOTS = 256;

  private static final int COME = 0; // the offset of the worker's word: the number of the latest task it has come to, and if it is over
  private static final int VERDICTS = 64; // of the parent's, one for each slot: the number of the task, and one of these
  private static final int SIZE = VERDICTS + SLOTS * Long.BYTES;
  private static final int ASKED = 1;
  private static final int LEFT = 2;
  private static final int BACK = 3;

  /** A buffer's, not a memory segment's: to make that one takes 10 ms of each worker's start, and this one less than 1. */
  private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer page;
  private int announced; // the latest task; the next three are under the monitor, too
  private int seen; // the latest task that the worker has come to, as far as is known here
  private boolean seenOver; // and whether it is past it
  private boolean deciding; // between a question and its verdict; stays so if that does not come
  private volatile @Nullable String problem;

  private Claims(ByteBuffer page) {
    this.page = page;
  }

  /**
   * Creates a file and maps it. It has all its blocks: a mapping without kills the process that touches it, if the disk is
   * full.
   */
  public static Claims create(Path file) throws IOException {
    Files.write(file, new byte[SIZE]);
    return map(file);
  }

  /** Maps an existing file. The mapping lasts as long as the returned object is reachable. */
  public static Claims map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Claims(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, Arena.ofAuto()).asByteBuffer());
    }
  }

  private static int verdict(int task) {
    return VERDICTS + (task & (SLOTS - 1)) * Long.BYTES;
  }

  private static long word(int task, int flags) {
    return Integer.toUnsignedLong(task) << 2 | flags;
  }

  // ---- the parent ----

  /**
   * Announces a task that is about to be sent, one more than the last; false if the worker has not come past an earlier one
   * in its place, or the page is torn.
   */
  public synchronized boolean announce(int task) {
    if (deciding) {
      return false; // the worker waits for ever, see isTorn
    }
    if (isPast(task - SLOTS, seenOver) || (look() && isPast(task - SLOTS, seenOver))) {
      announced = task;
      return true;
    }
    return false;
  }

  private boolean isPast(int task, boolean over) {
    return over ? seen - task >= 0 : seen - task > 0; // a difference, since the numbers may have run over
  }

  /**
   * Takes back a task that was sent; false if the worker has claimed it. If the page is damaged, it counts as claimed: it
   * must not run twice; so does it if the page is torn.
   */
  public synchronized boolean takeBack(int task) {
    if (deciding) {
      return false; // which must not be forgotten here before the owner has looked
    }
    deciding = true; // and stays so if there is no stack left
    boolean back = false;
    if (write(verdict(task), word(task, ASKED)) && look()) {
      back = !isPast(task, true);
      back &= write(verdict(task), word(task, back ? BACK : LEFT));
    }
    deciding = false;
    return back;
  }

  /** Returns whether a task that was sent has not been claimed yet. */
  public synchronized boolean isUnclaimed(int task) {
    return look() && !isPast(task, true);
  }

  /** Whether the worker has come past a task that was sent, so that its end is on the way. */
  public synchronized boolean isPassed(int task) {
    return look() && isPast(task, seenOver);
  }

  /**
   * Returns what is wrong with the page; null if nothing is. Once something is, the worker cannot go on: it may wait for
   * ever, or run what it must not.
   */
  public @Nullable String problem() {
    return problem;
  }

  /**
   * Whether an error, such as lack of stack, came between a question and its verdict, for which the worker would wait for
   * ever.
   */
  public synchronized boolean isTorn() {
    return deciding;
  }

  /** Reads how far the worker has come; false if the page is damaged. */
  private boolean look() {
    if (problem != null) {
      return false;
    }
    long word;
    try {
      word = (long) WORD.getVolatile(page, COME);
      MappedFaults.surface();
    } catch (InternalError e) {
      return damaged();
    }
    int come = (int) (word >>> 2);
    if (word >>> 2 >>> Integer.SIZE != 0 || come - announced > 0 || come - seen < 0) {
      problem = "it claimed task " + (word >>> 2) + " after task " + Integer.toUnsignedLong(seen)
          + ", when the latest it had been sent was "
          + Integer.toUnsignedLong(announced);
      return false;
    }
    seenOver = (come == seen && seenOver) || (word & 1) != 0;
    seen = come;
    return true;
  }

  private boolean write(int offset, long word) {
    if (problem != null) {
      return false;
    }
    try {
      WORD.setVolatile(page, offset, word);
      MappedFaults.surface();
      return true;
    } catch (InternalError e) {
      return damaged();
    }
  }

  private boolean damaged() {
    problem = "the file of its claims was truncated";
    return false;
  }

  // ---- the worker ----

  /** Claims a task; false if it was taken back: then it is to be skipped. Waits if the parent is just taking it back. */
  @SuppressWarnings("ThreadPriorityCheck") // the parent may need this core to go on
  public boolean claim(int task) {
    WORD.setVolatile(page, COME, word(task, 0));
    while (true) {
      long verdict = (long) WORD.getVolatile(page, verdict(task));
      if (verdict != word(task, ASKED)) {
        return verdict != word(task, BACK);
      }
      Thread.yield();
    }
  }

  /** Notes that the worker has come past a task. */
  public void pass(int task) {
    WORD.setVolatile(page, COME, word(task, 1));
  }
}
