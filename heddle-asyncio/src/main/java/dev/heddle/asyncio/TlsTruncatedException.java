package dev.heddle.asyncio;

import javax.net.ssl.SSLException;

/**
 * Thrown by a read of a TLS connection that has ended without the peer's close_notify: what was read may be cut off, by a
 * failure or by an attacker. Origin: {@code ssl.SSLEOFError}.
 */
public final class TlsTruncatedException extends SSLException {
  private static final long serialVersionUID = 1;

  /** An exception that says what was cut off. */
  public TlsTruncatedException(String message) {
    super(message);
  }
}
