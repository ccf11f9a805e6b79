package dev.heddle.asyncio.loop;

/** A channel with data that was written and not sent yet, for which the end of a run waits. */
public interface PendingOutput {

  /** The number of bytes that have not been sent. */
  long unsent();

  /** Closes the channel once everything is sent. */
  void close();

  /** Closes the channel at once and drops what is not sent. */
  void abort();
}
