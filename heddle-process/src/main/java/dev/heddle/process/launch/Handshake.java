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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the connection of one worker, which proves itself by a token that only it was told.
 *
 * <p>A socket in the pool's folder can be reached by the pool's user alone. A loopback port, the fallback, can be reached by
 * every user of the machine, and must serve the worker whatever else connects: a connection of another user is closed at
 * once where the system tells the user ({@link LoopbackPeer}); each connection is read as soon as it is accepted, so that a
 * worker whose greeting has arrived is found however many connections follow; and connections that have sent too little are
 * limited in number. At the limit the oldest is closed if it has had a second to send its greeting, and otherwise the
 * newest.
 *
 * <p>Not thread-safe.
 */
public final class Handshake implements Closeable {
  static final int MOST_CALLERS = 128;
  private static final int MOST_AT_A_LOOK = 64; // then the ones already here are read again
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ServerSocketChannel server;
  private final byte[] token;
  private final Selector selector;
  private final ArrayDeque<Caller> callers = new ArrayDeque<>(); // the oldest first

  private record Caller(SocketChannel socket, ByteBuffer received, long since) {}

  /**
   * Creates a handshake listener with no connections.
   *
   * @param server is closed with this
   * @param selector is registered with the sockets: its selections mean that it is time to {@link #look}
   */
  Handshake(ServerSocketChannel server, String token, Selector selector) throws IOException {
    this.server = server;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    this.selector = selector;
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Returns the length of the greeting in bytes: the first ones of those that a worker sends. */
  public static int greeting(String token) {
    return Frame.HEADER + token.length();
  }

  /** Returns the address to connect to, for a worker's command line. */
  String address() throws IOException {
    SocketAddress address = server.getLocalAddress();
    return address instanceof UnixDomainSocketAddress unix
        ? "unix:" + unix.getPath()
        : "tcp:" + ((InetSocketAddress) address).getPort();
  }

  /** Returns the worker's connection, not blocking, its greeting read, or null if the greeting has not arrived yet. */
  @Nullable
  SocketChannel look() throws IOException {
    for (Iterator<Caller> all = callers.iterator(); all.hasNext();) {
      Caller each = all.next();
      if (isDone(each)) {
        all.remove();
        if (isWorker(each)) {
          return each.socket;
        }
        each.socket.close();
      }
    }
    for (int i = 0; i < MOST_AT_A_LOOK; i++) {
      SocketChannel socket = server.accept();
      if (socket == null) {
        return null;
      }
      Caller caller = accepted(socket);
      if (caller != null && isWorker(caller)) {
        return caller.socket;
      }
    }
    return null;
  }

  /** Reads what a new connection has sent, and keeps it if more may follow; null if it was closed. */
  private @Nullable Caller accepted(SocketChannel socket) throws IOException {
    if (LoopbackPeer.isOfAnotherUser(socket)) {
      socket.close();
      return null;
    }
    socket.configureBlocking(false);
    Caller caller = new Caller(socket, ByteBuffer.allocate(Frame.HEADER + token.length), System.nanoTime());
    if (isDone(caller)) {
      if (isWorker(caller)) {
        socket.register(selector, SelectionKey.OP_READ);
        return caller;
      }
      socket.close();
      return null;
    }
    if (callers.size() >= MOST_CALLERS) {
      Caller oldest = callers.getFirst();
      if (System.nanoTime() - oldest.since < PATIENCE_NANOS) {
        socket.close();
        return null;
      }
      callers.removeFirst().socket.close();
    }
    socket.register(selector, SelectionKey.OP_READ);
    callers.add(caller);
    return caller;
  }

  /** Reads; returns whether the greeting is complete, or the connection has ended. */
  private static boolean isDone(Caller caller) {
    try {
      return caller.socket.read(caller.received) < 0 || !caller.received.hasRemaining();
    } catch (IOException e) {
      return true; // closed by the other side
    }
  }

  private boolean isWorker(Caller caller) {
    ByteBuffer received = caller.received;
    if (received.hasRemaining()) {
      return false;
    }
    byte[] shown = new byte[token.length];
    received.duplicate().position(Frame.HEADER).get(shown);
    return received.getInt(0) == token.length && received.get(Integer.BYTES) == Frame.HELLO
        && MessageDigest.isEqual(shown, token);
  }

  @Override
  public void close() throws IOException {
    for (Caller each : callers) {
      each.socket.close();
    }
    server.close();
  }
}
