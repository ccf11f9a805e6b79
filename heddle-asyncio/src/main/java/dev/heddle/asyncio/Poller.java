package dev.heddle.asyncio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The loop's I/O: a selector, opened with the first channel. */
final class Poller {
  /** Is told when its channel is ready. */
  @FunctionalInterface
  interface Handler {
    /** Called on the loop's thread; what it throws is reported as a failed callback's. */
    void ready(SelectionKey key);
  }

  private final EventLoop loop;
  private final Selector selector;
  private final Set<TcpStream> unsent = new LinkedHashSet<>();

  Poller(EventLoop loop) {
    this.loop = loop;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("the event loop cannot open a selector", e);
    }
  }

  SelectionKey register(SelectableChannel channel, Handler handler) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, 0, handler);
  }

  /** Takes note of whether a stream has data that the network has not taken yet. */
  void unsent(TcpStream stream, boolean hasSome) {
    if (hasSome) {
      unsent.add(stream);
    } else {
      unsent.remove(stream);
    }
  }

  /** The streams with data that the network has not taken yet. */
  Set<TcpStream> unsent() {
    return unsent;
  }

  /** Waits at the most the given time, zero not at all, until a channel is ready or it is woken; tells the handlers. */
  void poll(long nanos) {
    try {
      if (nanos == 0) {
        selector.selectNow(this::tell);
      } else if (nanos == Long.MAX_VALUE) {
        selector.select(this::tell);
      } else {
        selector.select(this::tell, Math.max(1, (nanos + 999_999) / 1_000_000)); // rounded up: a timer must not spin
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the event loop's selector failed", e);
    }
  }

  private void tell(SelectionKey key) {
    try {
      if (key.isValid()) {
        ((Handler) key.attachment()).ready(key);
      }
    } catch (Throwable t) {
      loop.report(LoopProblem.Kind.CALLBACK_FAILURE, "handling I/O on " + key.channel() + " failed: " + t, t);
    }
  }

  /** Lets go of closed channels now: the system keeps them open, also to new connections, until the selector does. */
  void release() {
    try {
      selector.selectNow();
      selector.selectedKeys().clear(); // what is ready still is at the next poll
    } catch (IOException e) {
      throw new UncheckedIOException("the event loop's selector failed", e);
    }
  }

  void wakeUp() {
    selector.wakeup();
  }

  /** Closes all channels that are still open. */
  void close() {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      try {
        key.channel().close();
      } catch (IOException e) {
        Log.warning("closing " + key.channel() + " at the end of an event loop failed", e);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      Log.warning("closing the selector of an event loop failed", e);
    }
  }
}
