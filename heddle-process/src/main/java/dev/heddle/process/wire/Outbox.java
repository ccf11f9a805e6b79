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

/**
 * The memory in which a worker gathers what it is going to send, shared with the parent, so that results which have not been
 * sent yet outlive the worker. Without it a task that ends the process would take the results of the tasks before it along.
 *
 * <p>It is the end of the stream of all bytes that the worker sends: where in that stream it starts and ends stands in front
 * of it. The end is moved after the bytes are there, and the start only when everything has been sent, so whenever the
 * worker is killed what it says holds. The parent reads it when the worker is dead, and believes nothing. For one thread at
 * a time.
 */
public final class Outbox {
  private static final int CAPACITY = 1 << 16;
  private static final int HEADER = 64;
  private static final int START = 0;
  private static final int END = Long.BYTES;
  private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final byte[] NONE = {};

  private final ByteBuffer memory;
  private long start; // the worker's own knowledge

  private Outbox(ByteBuffer memory) {
    this.memory = memory;
  }

  /** Creates a file and maps it. It has all its blocks: a mapping without kills the process that touches it. */
  public static Outbox create(Path file) throws IOException {
    Files.write(file, new byte[HEADER + CAPACITY]);
    return map(file);
  }

  /** Maps an existing file. The mapping lasts as long as the returned object is reachable. */
  public static Outbox map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Outbox(channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER + CAPACITY, Arena.ofAuto()).asByteBuffer());
    }
  }

  // ---- the worker ----

  /** The memory for what is to be sent. */
  ByteBuffer buffer() {
    return memory.slice(HEADER, CAPACITY);
  }

  /** So many bytes, from the buffer's start on, are to be sent. */
  void filled(int bytes) {
    WORD.setRelease(memory, END, start + bytes);
  }

  /** As many were, all there are; the buffer is filled from its start again. */
  void sent(int bytes) {
    start += bytes;
    WORD.setRelease(memory, START, start);
  }

  // ---- the parent ----

  /**
   * Returns what a worker that has ended had not sent.
   *
   * @param received how many bytes came from it
   */
  public byte[] unsent(long received) {
    try {
      long from = (long) WORD.getAcquire(memory, START);
      long to = (long) WORD.getAcquire(memory, END);
      MappedFaults.surface();
      if (from < 0 || received < from || to <= received || to - from > CAPACITY) {
        return NONE;
      }
      byte[] unsent = new byte[(int) (to - received)];
      memory.get((int) (HEADER + received - from), unsent);
      MappedFaults.surface();
      return unsent;
    } catch (InternalError e) { // thrown by the JVM if the file has been truncated
      return NONE;
    }
  }
}
