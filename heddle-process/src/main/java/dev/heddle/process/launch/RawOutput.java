package dev.heddle.process.launch;

import dev.heddle.base.ModuleLog;
import dev.heddle.base.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The output that a worker's process wrote past Java's streams: the messages of the JVM itself and of native code. It is in
 * a file that the worker's tasks can reach, so something else may be in its place: that is neither opened nor waited for.
 */
public final class RawOutput {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final int TAIL = 2_048;
  private static final long MOST = 16L << 20;

  private RawOutput() {}

  /** Returns the end of a file; empty if it cannot be read. */
  public static String tail(Path file) {
    try (FileChannel channel = open(file, StandardOpenOption.READ)) {
      return tail(channel);
    } catch (IOException e) {
      return "";
    }
  }

  /** Opens a file with any permissions: the folder keeps others out. */
  private static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    PrivateFiles.check(file, PrivateFiles.Type.ANY_FILE);
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, all);
  }

  private static String tail(FileChannel channel) throws IOException {
    channel.position(Math.max(0, channel.size() - TAIL));
    ByteBuffer end = ByteBuffer.allocate(TAIL);
    while (end.hasRemaining() && channel.read(end) >= 0) {
      // until it is full or the file ends
    }
    return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
  }

  /** Cuts a file that has become too large down to its end; the worker goes on writing behind it. */
  public static void keepBelow(Path file) {
    keepBelow(file, MOST);
  }

  static void keepBelow(Path file, long most) {
    if (file.toFile().length() <= most) {
      return;
    }
    try (FileChannel channel = open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      String end = "[" + channel.size() + " bytes, too many to keep, ended with:]\n" + tail(channel);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(end.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.detail("cutting down " + file + ": " + e); // it is tried again
    }
  }
}
