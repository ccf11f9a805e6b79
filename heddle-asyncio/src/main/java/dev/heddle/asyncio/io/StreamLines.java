package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncIterator;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.OwnLookup;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a stream as an async iterator. */
final class StreamLines implements AsyncIterator<String> {
  private final LoopStream stream;
  private final int longest;
  private @Nullable String next;
  private boolean ended;

  StreamLines(LoopStream stream, int longest) {
    this.stream = stream;
    this.longest = longest;
  }

  @Override
  public Awaitable<Boolean> hasNext() {
    if (next != null || ended) {
      return new CompletedOperation<>(next != null);
    }
    return Async.of(
        OwnLookup.HERE,
        a -> {
          next = a.await(stream.readLine(longest));
          ended = next == null;
          return !ended;
        });
  }

  @Override
  public String next() {
    String line = next;
    if (line == null) {
      throw new NoSuchElementException(
          ended ? "the stream has ended" : "no line was waited for; call a.await(lines.hasNext()) before each next()");
    }
    next = null;
    return line;
  }
}
