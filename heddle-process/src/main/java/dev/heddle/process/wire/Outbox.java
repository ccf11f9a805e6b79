package dev.heddle.process.wire;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a worker gathers what it is going to send: memory that the parent shares, so that results which have not been sent yet
 * outlive the worker. Without it a task that ends the process would take the results of the tasks before it along.
 *
 * <p>It is the end of the stream of all bytes that the worker sends: where in that stream it starts and ends stands in front of
 * it. The end is moved after the bytes are there, and the start only when everything has been sent, so whenever the worker is
 * killed what it says holds. The parent reads it when the worker is dead, and believes nothing. For one thread at a time.
 */
public final class Outbox {
  private static final int CAPACITY = 1 << 16;
  private static final int HEADER = 64;
  private static final int END = Long.BYTES;
  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
  private static final byte[] NONE = {};

  private final Arena arena;
  private final MemorySegment memory;
  private long start; // the worker's own knowledge

  private Outbox(Arena arena, MemorySegment memory) {
    this.arena = arena;
    this.memory = memory;
  }

  /** Makes a file and maps it, until this is closed. It has all its blocks: a mapping without kills the process that touches it. */
  public static Outbox create(Path file) throws IOException {
    Files.write(file, new byte[HEADER + CAPACITY]);
    return map(file);
  }

  /** Maps a file that was made, until this is closed. */
  public static Outbox map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Arena arena = Arena.ofShared();
      return new Outbox(arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER + CAPACITY, arena));
    }
  }

  /** Ends the mapping. Nobody may use this, or a writer that fills it, from then on. */
  public void close() {
    arena.close();
  }

  // ---- the worker ----

  /** The memory for what is to be sent. */
  ByteBuffer buffer() {
    return memory.asSlice(HEADER).asByteBuffer();
  }

  /** So many bytes, from the buffer's start on, are to be sent. */
  void filled(int bytes) {
    WORD.setRelease(memory, (long) END, start + bytes);
  }

  /** As many were, all there are; the buffer is filled from its start again. */
  void sent(int bytes) {
    start += bytes;
    WORD.setRelease(memory, 0L, start);
  }

  // ---- the parent ----

  /**
   * What a dead worker has not sent any more.
   *
   * @param received how many bytes came from it
   */
  public byte[] unsent(long received) {
    try {
      long from = (long) WORD.getAcquire(memory, 0L);
      long to = (long) WORD.getAcquire(memory, (long) END);
      if (from < 0 || received < from || to <= received || to - from > CAPACITY) {
        return NONE;
      }
      return memory.asSlice(HEADER + received - from, to - received).toArray(ValueLayout.JAVA_BYTE);
    } catch (InternalError e) { // what the JVM throws if somebody has cut the file short
      return NONE;
    }
  }
}
