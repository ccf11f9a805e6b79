package dev.heddle.asyncio.io.memory;

import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.io.LoopStream;
import dev.heddle.asyncio.io.Transport;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory. It tells its stream of what is possible by a callback of the loop, so that streams in
 * memory take their turns as those of the network do.
 */
public final class MemoryTransport extends Transport {
  /** The address of an end: a name for messages. */
  private static final class Address extends SocketAddress {
    private static final long serialVersionUID = 1;

    private final String name;

    Address(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Address address && address.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Scheduler scheduler;
  private final MemoryPipe in;
  private final MemoryPipe out;
  private final Address address;
  private @Nullable MemoryTransport other;
  private boolean wantsRead;
  private boolean wantsWrite;
  /** Whether a callback is on its way. */
  private boolean notified;
  private boolean closed;
  private boolean resetting;

  private MemoryTransport(Scheduler scheduler, MemoryPipe in, MemoryPipe out, String name) {
    this.scheduler = scheduler;
    this.in = in;
    this.out = out;
    this.address = new Address(name);
  }

  /** See {@link ByteStream#pair(int)}. */
  public static ByteStream.Endpoints pair(int capacity) {
    Check.positive(capacity, "capacity", "it is the number of bytes that may be under way");
    TaskHost host = TaskHost.require();
    MemoryPipe there = new MemoryPipe(capacity);
    MemoryPipe back = new MemoryPipe(capacity);
    MemoryTransport first = new MemoryTransport(host.scheduler(), back, there, "memory:first");
    MemoryTransport second = new MemoryTransport(host.scheduler(), there, back, "memory:second");
    first.other = second;
    second.other = first;
    return new ByteStream.Endpoints(new LoopStream(host, first), new LoopStream(host, second));
  }

  private MemoryTransport other() {
    return Objects.requireNonNull(other, "pair sets it");
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = in.read(into);
    if (count > 0) {
      other().check(); // there is space again
    }
    return count;
  }

  @Override
  public long write(ByteBuffer[] from, int count) throws IOException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += out.write(from[i]);
      if (from[i].hasRemaining()) {
        break;
      }
    }
    if (sum > 0) {
      other().check();
    }
    return sum;
  }

  @Override
  public boolean endOutput() {
    out.end();
    other().check();
    return true;
  }

  @Override
  public void interest(boolean read, boolean write) {
    wantsRead = read;
    wantsWrite = write;
    check();
  }

  /** Posts a callback if something that is wanted is possible. */
  private void check() {
    if (!notified && !closed && (canRead() || canWrite())) {
      notified = true;
      scheduler.ready((Runnable) this::notifyNow);
    }
  }

  private boolean canRead() {
    return wantsRead && in.isReadable();
  }

  private boolean canWrite() {
    return wantsWrite && out.isWritable();
  }

  private void notifyNow() {
    notified = false;
    if (!closed) {
      tell(canRead(), canWrite());
      check();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (resetting) {
      in.reset();
      out.reset();
    }
    out.end();
    in.stopReading();
    other().check();
  }

  @Override
  public void reset() {
    resetting = true;
  }

  @Override
  public SocketAddress localAddress() {
    return address;
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return closed ? null : other().address;
  }

  @Override
  public String kind() {
    return "ByteStream";
  }
}
