package dev.heddle.asyncio.io.tls;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.TlsStream;
import dev.heddle.asyncio.io.LoopStream;
import dev.heddle.asyncio.io.StreamRead;
import dev.heddle.asyncio.io.Transport;
import dev.heddle.asyncio.task.TaskHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A stream over a TLS transport. */
public final class TlsConnection extends LoopStream implements TlsStream {
  private final TlsTransport tls;

  private TlsConnection(TaskHost host, TlsTransport tls) {
    super(host, tls);
    this.tls = tls;
  }

  static TlsConnection over(TaskHost host, Transport lower, SSLEngine engine, ByteBuffer early) {
    return new TlsConnection(host, new TlsTransport(host.scheduler(), lower, engine, early));
  }

  /** Waits for the end of the handshake. */
  Awaitable<@Nullable Void> handshake() {
    return new StreamRead<@Nullable Void>(this, "shaking hands") {
      @Override
      protected @Nullable Object attempt() throws IOException {
        return tls.handshake() ? null : PENDING;
      }
    };
  }

  @Override
  public SSLSession session() {
    return tls.engine.getSession();
  }

  @Override
  public @Nullable String applicationProtocol() {
    String protocol = tls.engine.getApplicationProtocol();
    return protocol == null || protocol.isEmpty() ? null : protocol;
  }
}
