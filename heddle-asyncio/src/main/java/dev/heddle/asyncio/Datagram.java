package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A received message, and the address that has sent it; see {@link DatagramEndpoint}. The sender is what the packet says.
 */
public final class Datagram {
  private final byte[] data;
  private final InetSocketAddress sender;

  /** A message; the array is not copied. */
  public Datagram(byte[] data, InetSocketAddress sender) {
    this.data = Check.notNull(data, "data");
    this.sender = Check.notNull(sender, "sender");
  }

  /** Returns its bytes, which belong to the caller; may be empty. */
  public byte[] data() {
    return data;
  }

  /** Returns its bytes as UTF-8 text. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  /** Returns the address from which it was sent. */
  public InetSocketAddress sender() {
    return sender;
  }

  @Override
  public String toString() {
    return "<Datagram of " + data.length + " bytes from " + sender + ">";
  }
}
