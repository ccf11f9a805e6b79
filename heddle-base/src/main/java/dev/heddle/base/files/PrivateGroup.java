package dev.heddle.base.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Groups with one member, which many systems make for each user, together with a file mode creation mask of 002: what such a
 * group may write, its user alone may. They are found in {@code /etc/group} and {@code /etc/passwd}; a group of a directory
 * service does not count as one, nor does root's.
 */
final class PrivateGroup {
  private static final Path GROUPS = Path.of("/etc/group");
  private static final Path USERS = Path.of("/etc/passwd");
  private static final long MOST_BYTES = 8 << 20;

  private PrivateGroup() {}

  /** Returns whether the group of a file has its owner as its only member. */
  static boolean isOf(PosixFileAttributes attributes) {
    String user = attributes.owner().getName();
    try {
      return !user.equals("root") && isPrivate(lines(GROUPS), lines(USERS), attributes.group().getName(), user);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.toList();
    }
  }

  static boolean isPrivate(List<String> groups, List<String> users, String group, String user) {
    List<String[]> all = groups.stream().map(line -> line.split(":", -1)).filter(fields -> fields.length == 4).toList();
    String id = all.stream().filter(fields -> fields[0].equals(group)).map(fields -> fields[2]).findFirst().orElse(null);
    return id != null
        && all.stream().filter(fields -> fields[2].equals(id)) // several names may stand for one group
            .allMatch(fields -> fields[3].isEmpty() || fields[3].equals(user))
        && isPrimaryOf(users, id, user);
  }

  /** Returns whether a group is the first one of a user, and of no other. */
  private static boolean isPrimaryOf(List<String> users, String id, String user) {
    boolean found = false;
    for (String line : users) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 4 && fields[3].equals(id)) {
        if (!fields[0].equals(user)) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }
}
