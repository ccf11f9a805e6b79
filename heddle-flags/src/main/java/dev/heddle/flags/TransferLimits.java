package dev.heddle.flags;

import java.util.Objects;

/**
 * The most that a client takes from a server, which may be broken or hostile. Immutable.
 *
 * @param maxFileBytes the size of the largest file, at least 1; what an earlier download has left of it counts
 * @param maxTotalBytes how many bytes a client, or a run of a downloader, receives in all, failed attempts included; at
 *     least {@code maxFileBytes}. Each worker process counts for itself, and the run counts what they have saved
 * @param redirects which redirects are followed
 */
public record TransferLimits(long maxFileBytes, long maxTotalBytes, Redirects redirects) {
  private static final TransferLimits DEFAULTS = new TransferLimits(8L << 20, 512L << 20, Redirects.SAME_SERVER);

  /** Checks the values. */
  public TransferLimits {
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "maxFileBytes must be at least 1, but was " + maxFileBytes + "; give the size of the largest file in bytes");
    }
    if (maxTotalBytes < maxFileBytes) {
      throw new IllegalArgumentException(
          "maxTotalBytes must be at least maxFileBytes, " + maxFileBytes + ", but was " + maxTotalBytes
              + "; set maxFileBytes first, or Long.MAX_VALUE for no limit");
    }
    Objects.requireNonNull(redirects, "redirects must not be null; Redirects.NEVER follows none");
  }

  /** Returns the defaults: 8 MiB for a file, 512 MiB in all, and redirects on the same server. */
  public static TransferLimits defaults() {
    return DEFAULTS;
  }

  /** Returns these limits with another size of the largest file, and a total that is at least that. */
  public TransferLimits withMaxFileBytes(long bytes) {
    return new TransferLimits(bytes, Math.max(maxTotalBytes, bytes), redirects);
  }

  /** Returns these limits with another total. */
  public TransferLimits withMaxTotalBytes(long bytes) {
    return new TransferLimits(maxFileBytes, bytes, redirects);
  }

  /** Returns these limits with other redirects. */
  public TransferLimits withRedirects(Redirects allowed) {
    return new TransferLimits(maxFileBytes, maxTotalBytes, allowed);
  }
}
