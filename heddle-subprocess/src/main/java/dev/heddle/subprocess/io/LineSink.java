package dev.heddle.subprocess.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;

/** A sink that decodes an output and passes it to an action line by line. For one thread, except {@link #leave}. */
public final class LineSink implements OutputSink {
  private final Consumer<? super String> action;
  private final CharsetDecoder decoder;
  private final CharBuffer chars = CharBuffer.allocate(8 * 1024);
  private final StringBuilder line = new StringBuilder();
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private boolean afterReturn;
  private volatile boolean left;

  /** Creates a sink with an action. */
  public LineSink(Consumer<? super String> action, Charset charset) {
    this.action = action;
    this.decoder = charset.newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  @Override
  public boolean accept(byte[] bytes, int length) {
    ByteBuffer in = ByteBuffer.allocate(rest.remaining() + length).put(rest).put(bytes, 0, length).flip();
    decode(in, false);
    rest = in; // the first bytes of a character whose rest has not been read
    return !left;
  }

  private void decode(ByteBuffer in, boolean last) {
    while (decoder.decode(in, chars, last).isOverflow()) {
      takeLines();
    }
    takeLines();
  }

  /** Emits the complete lines. A line ends with LF, CR LF or CR, as everywhere in Java. */
  private void takeLines() {
    chars.flip();
    while (chars.hasRemaining()) {
      char next = chars.get();
      if (next == '\n' && afterReturn) {
        afterReturn = false;
      } else if (next == '\n' || next == '\r') {
        afterReturn = next == '\r';
        emit();
      } else {
        afterReturn = false;
        line.append(next);
      }
    }
    chars.clear();
  }

  private void emit() {
    String text = line.toString();
    line.setLength(0);
    if (!left) {
      action.accept(text);
    }
  }

  @Override
  public void leave() {
    left = true;
  }

  @Override
  public void end() {
    decode(rest, true);
    decoder.flush(chars);
    takeLines();
    if (!line.isEmpty()) {
      emit();
    }
  }
}
