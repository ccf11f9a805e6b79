package dev.heddle.flags.folder;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.UntrustedFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of the downloaded files with their SHA-256 checksums in the format of {@code sha256sum}, with ETags in its
 * comments.
 *
 * <p>Thread-safe.
 */
public final class Manifest {
  static final String NAME = "SHA256SUMS";

  private static final String HEADING = "# check the files with: sha256sum -c " + NAME;
  private static final Pattern ETAG = Pattern.compile("# etag (\\S+) (\\S+)");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  /** Each byte is a character, so that names which another program has written are kept, whatever its charset. */
  private static final Charset CHARSET = StandardCharsets.ISO_8859_1;

  private static final int MOST_BYTES = 4 << 20;
  private static final int LONGEST_LINE = 4096;

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
    if (!Files.exists(manifest.file, LinkOption.NOFOLLOW_LINKS)) {
      return manifest;
    }
    String etagOf = "";
    String etag = null;
    for (String line : lines(manifest.file)) {
      Matcher comment = ETAG.matcher(line);
      Matcher sum = SUM.matcher(line);
      if (comment.matches()) {
        etagOf = comment.group(1);
        etag = ETags.checked(comment.group(2));
      } else if (sum.matches()) {
        String name = sum.group(2);
        manifest.put(name, new Entry(sum.group(1), etagOf.equals(name) ? etag : null));
      }
      // Other lines are ignored; a file without an entry is downloaded again.
    }
    return manifest;
  }

  /** Reads the lines of a file of this user, which may have been written by another program. */
  private static List<String> lines(Path file) throws IOException {
    try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.READ)) {
      if (channel.size() > MOST_BYTES) {
        throw new UntrustedFileException(file, "is larger than " + MOST_BYTES + " bytes, the limit for a manifest",
            "move it away");
      }
      List<String> lines = new ArrayList<>();
      BufferedReader reader = new BufferedReader(Channels.newReader(channel, CHARSET));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.length() > LONGEST_LINE) {
          throw new UntrustedFileException(file, "line " + (lines.size() + 1) + " is longer than " + LONGEST_LINE
              + " characters, at column " + (LONGEST_LINE + 1), "move the file away");
        }
        lines.add(line);
      }
      return lines;
    }
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
      Files.deleteIfExists(part); // of a program that was killed
      try (FileChannel channel = PrivateFiles.createFile(part);
          Writer writer = Channels.newWriter(channel, CHARSET)) {
        writer.write(String.join("\n", lines) + "\n");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
