package dev.heddle.asyncio.io.server;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.ListenOptions;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.io.UnixPaths;
import dev.heddle.asyncio.loop.Scheduler;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A listening socket of a server. */
final class Listener {
  /** At most so many connections are accepted at once, so that a flood of them does not keep the loop from its tasks. */
  private static final int MAX_ACCEPTS = 64;

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Takes an accepted connection. */
  @FunctionalInterface
  interface Taker {
    /** Takes it; returns whether further ones are welcome now. */
    boolean take(SocketChannel channel);
  }

  private final Scheduler scheduler;
  private final PeerFailures failures;
  private final Runnable listen = this::listen;
  private final ServerSocketChannel channel;
  private final SelectionKey key;
  private final Taker taker;
  /** The file of a Unix domain socket, which is deleted with it. */
  private final @Nullable Path file;
  /** What the file was when it was made: another server may have replaced it since. */
  private final @Nullable Object fileKey;
  /** The next attempt, if accepting has failed. */
  private EventLoop.@Nullable TimerHandle retry;
  private boolean full;

  private Listener(
      Scheduler scheduler, PeerFailures failures, ServerSocketChannel channel, Taker taker, @Nullable Path file)
      throws IOException {
    this.scheduler = scheduler;
    this.failures = failures;
    this.channel = channel;
    this.taker = taker;
    this.file = file;
    this.fileKey = file == null ? null : key(file);
    this.key = scheduler.poller().register(channel, this::accept);
    key.interestOps(SelectionKey.OP_ACCEPT);
  }

  /** Listens at an address. */
  static Listener at(
      SocketAddress address, ListenOptions options, Scheduler scheduler, PeerFailures failures, Taker taker)
      throws IOException {
    scheduler.poller(); // refuses virtual time before a socket is made
    Path file = address instanceof UnixDomainSocketAddress unix ? unix.getPath() : null;
    ServerSocketChannel channel = file == null
        ? ServerSocketChannel.open()
        : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean bound = false;
    try {
      if (file == null) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
        bind(channel, address, options.backlog());
      } else {
        if (options.replaceStale() && UnixPaths.isStale(file)) {
          Files.deleteIfExists(file);
        }
        bindUnix(channel, address, file, options.backlog());
      }
      bound = true;
      return new Listener(scheduler, failures, channel, taker, file);
    } catch (Throwable t) {
      channel.close();
      if (bound && file != null) {
        Files.deleteIfExists(file);
      }
      throw t;
    }
  }

  private static void bind(ServerSocketChannel channel, SocketAddress address, int backlog) throws IOException {
    try {
      channel.bind(address, backlog);
    } catch (BindException e) {
      BindException named = new BindException(e.getMessage() + ": " + address);
      named.initCause(e);
      throw named;
    }
  }

  private static void bindUnix(ServerSocketChannel channel, SocketAddress address, Path file, int backlog)
      throws IOException {
    try {
      channel.bind(address, backlog);
    } catch (IOException e) {
      throw UnixPaths.explainedBind(e, file);
    }
  }

  SocketAddress address() throws IOException {
    return channel.getLocalAddress();
  }

  private void accept(SelectionKey ready) {
    try {
      SocketChannel next = channel.accept();
      for (int i = 1; next != null; i++) {
        boolean more = taker.take(next);
        next = more && i < MAX_ACCEPTS ? channel.accept() : null; // the selector reports the others again
      }
    } catch (IOException e) {
      pause(e);
    }
  }

  /**
   * Pauses, most likely without file descriptors: the connection stays in the queue, and the selector would report it for
   * ever. It is reported once a minute, since it goes on for as long as peers like.
   */
  private void pause(IOException error) {
    key.interestOps(0);
    if (retry == null) {
      retry = scheduler.callLater(RETRY.toNanos(), listen);
      failures.report(
          LoopProblem.Kind.CALLBACK_FAILURE,
          "accepting a connection failed, and is retried when one has ended, and every second: " + error,
          error);
    }
  }

  /** Accepts again after a failure, since a connection has ended and its file descriptor is free. */
  void retry() {
    if (retry != null) {
      listen();
    }
  }

  private void listen() {
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
    if (key.isValid()) {
      key.interestOps(full ? 0 : SelectionKey.OP_ACCEPT);
    }
  }

  /** Accepts no more connections while the server has as many as it may. */
  void setFull(boolean full) {
    if (this.full != full) {
      this.full = full;
      listen();
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
  }

  private void deleteOwnFile() throws IOException {
    try {
      if (file != null && Objects.equals(key(file), fileKey)) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // it was deleted already
    }
  }

  void close() {
    try {
      if (channel.isOpen()) {
        try {
          deleteOwnFile(); // first: while the socket is open, the system gives its file's key to no other file
        } finally {
          channel.close();
        }
      }
    } catch (IOException e) {
      LoopLog.warning("closing a listening socket failed", e);
    }
  }
}
