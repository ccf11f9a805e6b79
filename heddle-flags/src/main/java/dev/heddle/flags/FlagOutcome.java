package dev.heddle.flags;

import java.nio.file.Path;

/** What became of one flag. Immutable. */
public sealed interface FlagOutcome {

  /** The country's code. */
  String code();

  /**
   * How often it was asked for.
   *
   * @return 0 if it never was
   */
  int attempts();

  /** In one word, as reports and JSON have it. */
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
   * It was downloaded, and its file is complete.
   *
   * @param bytes the size of the file
   * @param received how many of them came this time; fewer when a download was resumed
   * @param sha256 the file's SHA-256 sum in hexadecimal
   */
  record Saved(String code, int attempts, Path file, long bytes, long received, String sha256) implements FlagOutcome {}

  /** The server says that the file kept from an earlier run is up to date; it was not downloaded again. */
  record Unchanged(String code, int attempts, Path file) implements FlagOutcome {}

  /** The server has no such flag. */
  record NotFound(String code, int attempts) implements FlagOutcome {}

  /**
   * It could not be downloaded.
   *
   * @param reason what went wrong, for people
   */
  record Failed(String code, int attempts, String reason) implements FlagOutcome {}

  /** The run ended before it was downloaded. */
  record Cancelled(String code, int attempts) implements FlagOutcome {}
}
