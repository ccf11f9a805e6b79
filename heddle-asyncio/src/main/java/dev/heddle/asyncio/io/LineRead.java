package dev.heddle.asyncio.io;

import dev.heddle.asyncio.LineTooLongException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a line; one that is too long is dropped with an exception, its rest when it arrives. */
final class LineRead extends StreamRead<@Nullable String> {
  private final LoopStream stream;
  private final ReadBuffer in;
  private final int longest;
  private int searched;

  LineRead(LoopStream stream, ReadBuffer in, int longest) {
    super(stream, "reading a line");
    this.stream = stream;
    this.in = in;
    this.longest = longest;
  }

  static int checkLongest(int longest) {
    return Check.positive(longest, "longest", "it bounds the bytes of one line");
  }

  @Override
  boolean isBeforeMessage() {
    return stream.isBeforeLine();
  }

  @Override
  protected @Nullable Object begin(LoopTask<?> task) throws IOException {
    searched = 0; // another read may have taken bytes since it was awaited before
    return super.begin(task);
  }

  @Override
  protected @Nullable Object attempt() throws IOException {
    while (true) {
      int end = in.find((byte) '\n', searched);
      if (in.isSkipping() && in.size() > 0) { // the rest of a line that was too long
        skip(end);
        continue;
      }
      if (end > longest || (end < 0 && in.size() > longest)) {
        skip(end);
        throw new LineTooLongException(
            "a line is longer than " + longest
                + " bytes and was dropped; allow longer lines with readLine(longest), or use read or"
                + " readExactly for data without lines",
            longest);
      }
      if (end >= 0) {
        return line(end, 1);
      }
      searched = in.size();
      int read = stream.fill();
      if (read == 0 && !stream.endsBeforeLine()) {
        return PENDING;
      }
      if (read <= 0) {
        return in.size() == 0 ? null : line(in.size(), 0);
      }
    }
  }

  private void skip(int end) {
    in.setSkipping(end < 0);
    in.drop(end < 0 ? in.size() : end + 1);
    searched = 0;
  }

  private String line(int length, int terminator) {
    byte[] bytes = in.take(length + terminator);
    int end = terminator == 1 && length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
