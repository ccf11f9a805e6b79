package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.io.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A transport of one direction, without addresses. */
abstract class OneWayTransport extends Transport {
  private final String kind;

  OneWayTransport(String kind) {
    this.kind = kind;
  }

  @Override
  public void reset() {}

  @Override
  public SocketAddress localAddress() throws IOException {
    throw new IOException("a stream over a blocking one has no address");
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return null;
  }

  @Override
  public String kind() {
    return kind;
  }
}
