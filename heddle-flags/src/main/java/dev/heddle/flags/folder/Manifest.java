package dev.heddle.flags.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of the downloaded files with their SHA-256 checksums in the format of {@code sha256sum}, with ETags in its comments.
 *
 * <p>Thread-safe.
 */
public final class Manifest {
  static final String NAME = "SHA256SUMS";

  private static final String HEADING = "# check the files with: sha256sum -c " + NAME;
  private static final Pattern ETAG = Pattern.compile("# etag (\\S+) (\\S+)");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  private final Path file;
  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();

  private Manifest(Path file) {
    this.file = file;
  }

  /** The checksum of a file, and the ETag of this version; null if the server sent none. */
  public record Entry(String sha256, @Nullable String etag) {}

  /** Reads the manifest of a folder; empty if the file does not exist. */
  static Manifest read(Path folder) throws IOException {
    Manifest manifest = new Manifest(folder.resolve(NAME));
    if (!Files.exists(manifest.file)) {
      return manifest;
    }
    String etagOf = "";
    String etag = null;
    for (String line : Files.readAllLines(manifest.file)) {
      Matcher comment = ETAG.matcher(line);
      Matcher sum = SUM.matcher(line);
      if (comment.matches()) {
        etagOf = comment.group(1);
        etag = comment.group(2);
      } else if (sum.matches()) {
        String name = sum.group(2);
        manifest.put(name, new Entry(sum.group(1), etagOf.equals(name) ? etag : null));
      }
      // Other lines are ignored; a file without an entry is downloaded again.
    }
    return manifest;
  }

  @Nullable
  Entry get(String name) {
    return entries.get(name);
  }

  void put(String name, Entry entry) {
    entries.put(name, entry);
  }

  /** Replaces the file atomically. */
  void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADING);
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      if (each.getValue().etag() != null) {
        lines.add("# etag " + each.getKey() + " " + each.getValue().etag());
      }
      lines.add(each.getValue().sha256() + "  " + each.getKey());
    }
    Path part = file.resolveSibling(NAME + ".part");
    try {
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
