package dev.heddle.base.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The number that Linux gave last to a process or a thread, the last field of {@code /proc/loadavg}. While it is the same, no
 * process has started, and an earlier list has all that are alive.
 *
 * <p>Some containers show a number of long ago, or none: it is used only if it changes with each thread that this program
 * starts. Confined to its {@link ProcessTable}.
 */
final class NewestProcess {
  /** A process gets its number before it appears: in far less time than this, even if it is interrupted in between. */
  static final long APPEARING_NANOS = 10_000_000;

  private static final int TRIES = 3;

  private final Path file;
  private boolean trusted;
  private @Nullable String last;
  private long since;

  NewestProcess(Path proc, boolean trusted) {
    this.file = proc.resolve("loadavg");
    this.trusted = trusted;
  }

  /** Looks whether the number can be used here. */
  void check() {
    boolean changes = true;
    try {
      for (int i = 0; i < TRIES && changes; i++) {
        String before = read();
        Thread.ofPlatform().daemon().name("heddle-newest").start(() -> {
        });
        changes = before != null && !before.equals(read());
      }
    } catch (OutOfMemoryError e) { // no thread can be started now
      changes = false;
    }
    trusted = changes;
  }

  /** Returns the number, if it is known and all processes up to it have appeared; null otherwise. */
  @Nullable
  String number(long now) {
    String number = trusted ? read() : null;
    if (number == null || !number.equals(last)) {
      last = number;
      since = now;
      return null;
    }
    return now - since >= APPEARING_NANOS ? number : null;
  }

  private @Nullable String read() {
    try {
      String line = Files.readString(file, StandardCharsets.US_ASCII).strip();
      return line.substring(line.lastIndexOf(' ') + 1);
    } catch (IOException e) {
      return null; // there is no such file, or no descriptor to read it with
    }
  }
}
