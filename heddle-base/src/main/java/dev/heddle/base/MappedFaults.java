package dev.heddle.base;

/**
 * Makes faults of memory-mapped files appear where the memory was accessed. A file that was truncated, or a disk that is
 * full, lets an access fail; the JVM reports that by an {@link InternalError}, but compiled code throws it only when the
 * thread next calls the JVM, which may be in quite another method.
 *
 * <p>A plain or volatile read or write fails in this way. A compare-and-set does not: interpreted, it ends the whole
 * process.
 */
public final class MappedFaults {
  private static final Object ANY = new Object();

  private MappedFaults() {}

  /**
   * Throws the fault of the accesses before this call, if there was one. What they have read is undefined then.
   *
   * @throws InternalError if there was one
   */
  public static void surface() {
    Thread.holdsLock(ANY); // a call of the JVM that does nothing
  }
}
