package dev.heddle.asyncio.io;

/**
 * The times that a server's peers may keep a task waiting, in nanoseconds; 0 is no limit. The first wait for a peer that has
 * not sent anything yet has a limit of its own, since silent peers cost a server as much as busy ones.
 */
public final class ReadLimits {
  private final long first;
  private final long idle;
  private boolean heard;

  /** Limits for one stream. */
  public ReadLimits(long first, long idle) {
    this.first = first;
    this.idle = idle;
  }

  static ReadLimits none() {
    return new ReadLimits(0, 0);
  }

  /** A read has got something. */
  void heard() {
    heard = true;
  }

  long nextRead() {
    return heard ? idle : first;
  }

  long idle() {
    return idle;
  }
}
