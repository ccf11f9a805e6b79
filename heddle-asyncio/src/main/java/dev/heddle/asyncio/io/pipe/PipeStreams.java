package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.StreamReader;
import dev.heddle.asyncio.StreamWriter;
import dev.heddle.asyncio.io.LoopStream;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.InputStream;
import java.io.OutputStream;

/** Makes streams over blocking ones. */
public final class PipeStreams {
  private PipeStreams() {}

  /** See {@link StreamReader#of}. */
  public static StreamReader reader(InputStream in) {
    TaskHost host = TaskHost.require();
    return new LoopStream(host, new InputTransport(host.scheduler(), Check.notNull(in, "in")));
  }

  /** See {@link StreamWriter#of}. */
  public static StreamWriter writer(OutputStream out) {
    TaskHost host = TaskHost.require();
    return new LoopStream(host, new OutputTransport(host.scheduler(), Check.notNull(out, "out")));
  }
}
