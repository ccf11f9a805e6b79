package dev.heddle.asyncio.io.tls;

import dev.heddle.asyncio.io.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes that a peer has sent and no task will read. */
final class UnreadBytes {
  private static final int SIZE = 4096;
  private static final int MOST_READS = 16; // a peer that sends without end is not waited for

  private UnreadBytes() {}

  /** Reads what has arrived on a transport that is about to be closed; that the peer has closed it already is no failure. */
  static void drop(Transport transport) {
    ByteBuffer dropped = ByteBuffer.allocate(SIZE);
    for (int i = 0; i < MOST_READS; i++) {
      try {
        if (transport.read(dropped.clear()) <= 0) {
          return;
        }
      } catch (IOException e) {
        return; // the peer has closed it already, and everything was sent
      }
    }
  }
}
