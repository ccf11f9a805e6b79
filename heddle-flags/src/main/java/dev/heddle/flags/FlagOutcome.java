package dev.heddle.flags;

import java.nio.file.Path;

/** The outcome of the download of one flag. Immutable. */
public sealed interface FlagOutcome {

  /** The country's code. */
  String code();

  /**
   * The number of attempts.
   *
   * @return 0 if none was made
   */
  int attempts();

  /** The kind in one word, as in reports and JSON. */
  default String kind() {
    return switch (this) {
      case Saved saved -> "saved";
      case Unchanged unchanged -> "unchanged";
      case NotFound notFound -> "not-found";
      case Failed failed -> "failed";
      case Cancelled cancelled -> "cancelled";
    };
  }

  /**
   * The flag was downloaded, and its file is complete.
   *
   * @param bytes the size of the file
   * @param received the number of bytes received; less than {@code bytes} if a download was resumed
   * @param sha256 the SHA-256 checksum of the file in hexadecimal
   */
  record Saved(String code, int attempts, Path file, long bytes, long received, String sha256) implements FlagOutcome {}

  /** The file of an earlier run is up to date according to the server, and was not downloaded again. */
  record Unchanged(String code, int attempts, Path file) implements FlagOutcome {}

  /** The server has no such flag. */
  record NotFound(String code, int attempts) implements FlagOutcome {}

  /**
   * The download failed.
   *
   * @param reason a description of the failure
   */
  record Failed(String code, int attempts, String reason) implements FlagOutcome {}

  /** The run ended before the flag was downloaded. */
  record Cancelled(String code, int attempts) implements FlagOutcome {}
}
