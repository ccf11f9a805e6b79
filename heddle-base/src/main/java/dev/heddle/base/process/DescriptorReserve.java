package dev.heddle.base.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Some open files, kept so that they can be closed when this program has no free file descriptors: killing a process needs a
 * few, because the JDK reads {@code /proc} to make sure that it kills the right one. Thread-safe.
 */
final class DescriptorReserve {
  private static final int SIZE = 4;
  private static final Deque<FileInputStream> KEPT = new ArrayDeque<>(); // guarded by itself

  private DescriptorReserve() {}

  /** Opens the files that are missing, as far as possible. */
  static void fill() {
    synchronized (KEPT) {
      try {
        while (KEPT.size() < SIZE) {
          KEPT.push(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        // there are none, or no such file on this system
      }
    }
  }

  /** Closes all files, which frees as many descriptors. */
  static void release() {
    synchronized (KEPT) {
      for (FileInputStream file = KEPT.poll(); file != null; file = KEPT.poll()) {
        try {
          file.close();
        } catch (IOException e) {
          // it was only read from
        }
      }
    }
  }
}
