package dev.heddle.asyncio.io.tls;

import javax.net.ssl.SSLException;

/**
 * Limits the records without data that a peer sends: requests for new keys, tickets, or nothing. Each takes the loop's time,
 * one that asks for new keys up to 0.1 ms, and none ends a read; honest peers send a few in all. Confined to the loop's
 * thread.
 */
final class EmptyRecords {
  private static final int MOST_AT_ONCE = 256;
  private static final long NANOS_EACH = 1_000_000;

  /** During the handshake, whose messages may come in small pieces. */
  private static final int MOST_OF_HANDSHAKE = 2000;

  private boolean wasEstablished;
  private int count;
  private long since;

  /** Counts from now on. */
  EmptyRecords(long now) {
    since = now;
  }

  /** Counts a record, during the handshake or after it. */
  void count(long now, boolean established) throws SSLException {
    if (established) {
      count = wasEstablished ? count : 0;
      wasEstablished = true;
      long passed = Math.max(0, now - since) / NANOS_EACH;
      count = (int) Math.max(0, count - passed);
      since += passed * NANOS_EACH;
    }
    int most = established ? MOST_AT_ONCE : MOST_OF_HANDSHAKE;
    if (++count > most) {
      throw new SSLException(
          "the peer has sent too many TLS records without data, such as requests for new keys: " + most
              + (established ? " and one more for each millisecond" : " during the handshake") + " are accepted");
    }
  }
}
