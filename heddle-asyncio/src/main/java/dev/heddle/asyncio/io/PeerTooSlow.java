package dev.heddle.asyncio.io;

import java.net.SocketTimeoutException;

/** Thrown when a peer keeps a server's task waiting for longer than the server allows. */
public final class PeerTooSlow extends SocketTimeoutException {
  private static final long serialVersionUID = 1;

  PeerTooSlow(String message) {
    super(message);
  }
}
