package dev.heddle.asyncio.loop;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.diagnostics.ProblemReporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/** The selector of a loop. Confined to the loop's thread, except for {@link #wakeUp}. */
public final class Poller {
  /** The callback of a channel. */
  @FunctionalInterface
  public interface Handler {
    /** Called on the loop's thread when the channel is ready; an exception is reported as a callback's failure. */
    void ready(SelectionKey key);
  }

  private final ProblemReporter problems;
  private final Selector selector;

  Poller(ProblemReporter problems) {
    this.problems = problems;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("the event loop cannot open a selector", e);
    }
  }

  /** Registers a channel, with no interest yet. */
  public SelectionKey register(SelectableChannel channel, Handler handler) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, 0, handler);
  }

  /**
   * Waits until a channel is ready, it is woken, or the time has passed, rounded down to milliseconds; calls the handlers.
   *
   * @param nanos zero does not wait, {@link Long#MAX_VALUE} has no bound
   * @return whether a channel was ready
   */
  boolean poll(long nanos) {
    try {
      if (nanos < 1_000_000) {
        return selector.selectNow(this::handle) > 0;
      }
      return selector.select(this::handle, nanos == Long.MAX_VALUE ? 0 : nanos / 1_000_000) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException("the event loop's selector failed", e);
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isValid()) {
        ((Handler) key.attachment()).ready(key);
      }
    } catch (Throwable t) {
      problems.report(LoopProblem.Kind.CALLBACK_FAILURE, "handling I/O on " + key.channel() + " failed: " + t, t);
    }
  }

  /**
   * Deregisters closed channels now: the system keeps them open, also to new connections, until the selector has done so.
   */
  public void release() {
    try {
      selector.selectNow();
      selector.selectedKeys().clear(); // what is ready is found again by the next poll
    } catch (IOException e) {
      throw new UncheckedIOException("the event loop's selector failed", e);
    }
  }

  boolean hasChannels() {
    return !selector.keys().isEmpty();
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
        LoopLog.warning("closing " + key.channel() + " at the end of an event loop failed", e);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      LoopLog.warning("closing the selector of an event loop failed", e);
    }
  }
}
