package dev.heddle.asyncio;

import dev.heddle.asyncio.io.LoopDatagramEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket that sends and receives messages.
 *
 * <pre>{@code
 * try (DatagramEndpoint endpoint = DatagramEndpoint.bind(new InetSocketAddress(5353))) {
 *   while (true) {
 *     Datagram request = a.await(endpoint.receive());
 *     a.await(endpoint.send(answer(request.data()), request.sender()));
 *   }
 * }
 * }</pre>
 *
 * <p>UDP may lose, repeat and reorder messages. What arrives while no task receives is kept by the system up to the size of
 * the socket's buffer, and then lost. Any number of tasks may send; one at a time receives. Cancelling a wait loses no
 * message. A loop in virtual time has no sockets.
 *
 * <p>Confined to the loop's thread; only what is awaited waits. Origin: {@code loop.create_datagram_endpoint}.
 */
public sealed interface DatagramEndpoint extends AutoCloseable permits LoopDatagramEndpoint {

  /**
   * Opens an endpoint that exchanges messages with any address.
   *
   * @param local port 0 takes any free one, see {@link #localAddress}
   * @throws IOException if the address cannot be bound
   * @throws LoopStateException if no loop runs here, or one in virtual time
   */
  static DatagramEndpoint bind(InetSocketAddress local) throws IOException {
    return LoopDatagramEndpoint.bind(local);
  }

  /**
   * Opens an endpoint that exchanges messages with one address only. If the peer's host reports that nothing listens there,
   * a later send or receive throws a {@link java.net.PortUnreachableException}.
   *
   * @throws IOException if the address cannot be used
   * @throws LoopStateException if no loop runs here, or one in virtual time
   */
  static DatagramEndpoint connect(InetSocketAddress remote) throws IOException {
    return LoopDatagramEndpoint.connect(remote);
  }

  /**
   * Waits for the next message.
   *
   * @return throws an {@link IOException} if the endpoint is or will be closed
   */
  Awaitable<Datagram> receive();

  /**
   * Sends a message to an address; waits only while the system's buffer is full.
   *
   * @param data at most 65,507 bytes; often no more than about 1,200 arrive
   * @return throws an {@link IOException} if the endpoint is closed, or the system refuses the message
   */
  Awaitable<@Nullable Void> send(byte[] data, InetSocketAddress to);

  /**
   * Sends a message to the address that this endpoint is connected to; see {@link #send(byte[], InetSocketAddress)}.
   *
   * @param data at least one byte, since the JDK sends no empty message on a connected socket
   * @throws LoopStateException if it is not connected
   */
  Awaitable<@Nullable Void> send(byte[] data);

  /** Sends a text in UTF-8 to the address that this endpoint is connected to; see {@link #send(byte[])}. */
  default Awaitable<@Nullable Void> send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a text in UTF-8 to an address; see {@link #send(byte[], InetSocketAddress)}. */
  default Awaitable<@Nullable Void> send(String text, InetSocketAddress to) {
    return send(text.getBytes(StandardCharsets.UTF_8), to);
  }

  /**
   * Sets an option of the socket, such as {@link java.net.StandardSocketOptions#SO_BROADCAST}.
   *
   * @return this
   */
  <T> DatagramEndpoint setOption(SocketOption<T> option, T value) throws IOException;

  /**
   * Returns the address of this side.
   *
   * @throws IOException if it is closed
   */
  InetSocketAddress localAddress() throws IOException;

  /** Returns the address that it is connected to; null if it exchanges messages with any. */
  @Nullable
  InetSocketAddress remoteAddress();

  /** Whether it was closed. */
  boolean isClosed();

  /** Closes it; those that wait get a {@link java.nio.channels.ClosedChannelException}. Idempotent. */
  @Override
  void close();
}
