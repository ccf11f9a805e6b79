package dev.heddle.asyncio.sync;

import dev.heddle.futures.Permit;

/** A permit of a lock or semaphore. */
public final class HeldPermit implements Permit {
  private final Issuer issuer;
  private boolean closed;

  HeldPermit(Issuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void close() {
    if (!closed) {
      issuer.checkInside("Permit.close");
      closed = true;
      issuer.release(this);
    }
  }

  /** A lock or semaphore that gives out permits. */
  abstract static class Issuer extends LoopBound {
    abstract void release(HeldPermit permit);
  }
}
