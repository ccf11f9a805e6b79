package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.LineTooLongException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Check;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The kinds of reads that return bytes. */
final class StreamReads {
  private StreamReads() {}

  static Awaitable<byte[]> exactly(LoopStream stream, int count) {
    Check.notNegative(count, "count", "it is the number of bytes to wait for");
    return new StreamRead<byte[]>(stream, "reading " + count + " bytes") {
      @Override
      protected Object attempt() throws IOException {
        ReadBuffer in = stream.input();
        while (in.size() < count) {
          int read = stream.fill();
          if (read == 0) {
            return PENDING;
          }
          if (read < 0) {
            throw new EOFException("the stream has ended after " + in.size() + " of " + count + " bytes");
          }
        }
        return in.take(count);
      }
    };
  }

  static Awaitable<byte[]> some(LoopStream stream, int most) {
    Check.positive(most, "most", "it bounds the bytes of one read");
    return new StreamRead<byte[]>(stream, "reading") {
      @Override
      protected Object attempt() throws IOException {
        ReadBuffer in = stream.input();
        while (in.size() == 0) {
          int read = stream.fill();
          if (read == 0) {
            return PENDING;
          }
          if (read < 0) {
            break;
          }
        }
        return in.take(Math.min(most, in.size()));
      }
    };
  }

  static Awaitable<byte[]> all(LoopStream stream, int longest) {
    Check.positive(longest, "longest", "it bounds the bytes of the whole stream");
    return new StreamRead<byte[]>(stream, "reading all") {
      @Override
      protected Object attempt() throws IOException {
        ReadBuffer in = stream.input();
        while (true) {
          if (in.size() > longest) {
            throw new LineTooLongException(
                "the stream has more than the " + longest
                    + " bytes that readAll may return, and nothing was taken; raise longest, or use read(most) in a loop",
                longest);
          }
          int read = stream.fill();
          if (read == 0) {
            return PENDING;
          }
          if (read < 0) {
            return in.take(in.size());
          }
        }
      }
    };
  }

  static Awaitable<byte[]> until(LoopStream stream, byte[] separator, int longest) {
    byte[] wanted = Check.notNull(separator, "separator").clone();
    Check.positive(wanted.length, "separator.length", "a separator has at least one byte");
    Check.positive(longest, "longest", "it bounds the bytes before the separator");
    return new StreamRead<byte[]>(stream, "reading until a separator") {
      private int searched;

      @Override
      protected @Nullable Object begin(LoopTask<?> task) throws IOException {
        searched = 0; // another read may have taken bytes since it was awaited before
        return super.begin(task);
      }

      @Override
      protected Object attempt() throws IOException {
        ReadBuffer in = stream.input();
        while (true) {
          int at = in.find(wanted, searched);
          if (at > longest || (at < 0 && in.size() - wanted.length >= longest)) {
            throw new LineTooLongException(
                "no separator came within " + longest
                    + " bytes, and nothing was taken; raise longest, or take the bytes with read(most)",
                longest);
          }
          if (at >= 0) {
            return in.take(at + wanted.length);
          }
          searched = Math.max(0, in.size() - wanted.length + 1);
          int read = stream.fill();
          if (read == 0) {
            return PENDING;
          }
          if (read < 0) {
            throw new EOFException(
                "the stream has ended after " + in.size() + " bytes, none of which begins the separator that was asked for");
          }
        }
      }
    };
  }
}
