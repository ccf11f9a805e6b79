package dev.heddle.process.launch;

import dev.heddle.process.wire.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker calls: whoever comes must show the secret that only the worker was told. On a loopback port anybody may come, so
 * those who do not know it are turned away, and those who say nothing hold up nobody. For one thread.
 */
public final class Handshake implements Closeable {
  private static final int MOST_CALLERS = 16; // that have not said enough yet; the one who has waited longest goes first

  private final ServerSocketChannel server;
  private final byte[] token;
  private final Selector selector;
  private final ArrayDeque<Caller> callers = new ArrayDeque<>();

  private record Caller(SocketChannel socket, ByteBuffer said) {}

  /**
   * Nobody has come yet.
   *
   * @param server is closed with this
   * @param selector is told what to look for: its selections mean that it is time to {@link #look}
   */
  Handshake(ServerSocketChannel server, String token, Selector selector) throws IOException {
    this.server = server;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    this.selector = selector;
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** How long the greeting is, in bytes: the first ones of those that a worker sends. */
  public static int greeting(String token) {
    return Frame.HEADER + token.length();
  }

  /** Where to call, for a worker's command line. */
  String address() throws IOException {
    SocketAddress address = server.getLocalAddress();
    return address instanceof UnixDomainSocketAddress unix
        ? "unix:" + unix.getPath()
        : "tcp:" + ((InetSocketAddress) address).getPort();
  }

  /** The connection of the one who has shown the secret, not blocking, its greeting read; null if nobody has yet. */
  @Nullable
  SocketChannel look() throws IOException {
    for (SocketChannel come = server.accept(); come != null; come = server.accept()) {
      come.configureBlocking(false);
      come.register(selector, SelectionKey.OP_READ);
      callers.add(new Caller(come, ByteBuffer.allocate(Frame.HEADER + token.length)));
      if (callers.size() > MOST_CALLERS) {
        callers.remove().socket.close();
      }
    }
    for (Iterator<Caller> all = callers.iterator(); all.hasNext();) {
      Caller each = all.next();
      boolean more = hear(each);
      if (!each.said.hasRemaining() && isGreeting(each.said)) {
        all.remove();
        return each.socket;
      }
      if (!more || !each.said.hasRemaining()) {
        all.remove();
        each.socket.close();
      }
    }
    return null;
  }

  private static boolean hear(Caller caller) {
    try {
      return caller.socket.read(caller.said) >= 0;
    } catch (IOException e) {
      return false; // it has hung up
    }
  }

  private boolean isGreeting(ByteBuffer said) {
    byte[] shown = new byte[token.length];
    said.flip().position(Frame.HEADER).get(shown);
    return said.getInt(0) == token.length && said.get(Integer.BYTES) == Frame.HELLO && MessageDigest.isEqual(shown, token);
  }

  @Override
  public void close() throws IOException {
    for (Caller each : callers) {
      each.socket.close();
    }
    server.close();
  }
}
