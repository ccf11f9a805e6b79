package dev.heddle.asyncio.io;

import dev.heddle.asyncio.task.TaskHost;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Makes the stream that takes over a transport. */
@FunctionalInterface
public interface StreamUpgrade<S> {
  /** Makes it; the buffer has the bytes that were read already. */
  S of(TaskHost host, Transport transport, ByteBuffer early) throws IOException;
}
