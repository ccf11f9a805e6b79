package dev.heddle.process.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output that a worker's process wrote past Java's streams: the messages of the JVM itself and of native code. */
public final class RawOutput {
  private static final int TAIL = 2_048;

  private RawOutput() {}

  /** Returns the end of a file; empty if it cannot be read. */
  public static String tail(Path file) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL));
      ByteBuffer end = ByteBuffer.allocate(TAIL);
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // until it is full or the file ends
      }
      return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
