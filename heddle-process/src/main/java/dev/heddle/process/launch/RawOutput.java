package dev.heddle.process.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a worker's process wrote past Java's streams: the JVM's own last words, and native code's. */
public final class RawOutput {
  private static final int TAIL = 2_048;

  private RawOutput() {}

  /** The end of a file, or nothing if it cannot be read. */
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
