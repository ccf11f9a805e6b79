package dev.heddle.cluster.seal;

import dev.heddle.cluster.ClusterException;

/** Thrown when a member speaks another version of the protocol: asking again is in vain. */
public final class OtherVersionException extends ClusterException {

  OtherVersionException(byte theirs, byte ours) {
    super("a member speaks version " + theirs + " of the protocol, and this one version " + ours
        + "; run the same version of Heddle on all members and drivers", null);
  }
}
