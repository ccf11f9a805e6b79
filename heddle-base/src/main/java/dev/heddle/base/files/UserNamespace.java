package dev.heddle.base.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user namespace of this process (Linux). In one of an unprivileged sandbox, users of the system that have no number
 * there, such as root, all show as one, the overflow user; no process of the sandbox can act as it.
 */
final class UserNamespace {
  private static final Path OVERFLOW = Path.of("/proc/sys/kernel/overflowuid");
  private static final Path MAP = Path.of("/proc/self/uid_map");

  private UserNamespace() {}

  /** Returns whether a number stands for users without a number in this namespace. */
  static boolean isUnmapped(int uid) {
    try {
      return isUnmapped(uid, Files.readString(OVERFLOW).strip(), Files.readAllLines(MAP));
    } catch (IOException | NumberFormatException e) {
      return false; // another system
    }
  }

  /** Each line of the map has the first number inside, the first one outside, and how many there are. */
  static boolean isUnmapped(long uid, String overflow, List<String> map) {
    return uid == Long.parseLong(overflow) && map.stream().map(line -> line.strip().split("\\s+"))
        .noneMatch(range -> uid >= Long.parseLong(range[0]) && uid < Long.parseLong(range[0]) + Long.parseLong(range[2]));
  }
}
