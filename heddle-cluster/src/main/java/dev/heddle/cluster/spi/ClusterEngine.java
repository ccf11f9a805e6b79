package dev.heddle.cluster.spi;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * A member's connection to a cluster, by some distributed engine: it knows the other members and calls them. Messages are opaque
 * to it, and sealed; it need not protect them. Thread-safe.
 */
public interface ClusterEngine extends AutoCloseable {

  /** The two kinds of calls, whose threads are apart: control calls must be answered while all threads for tasks are busy. */
  enum Lane {
    /** Calls that run a task, and take as long as that does. */
    TASK,
    /** Calls that are answered at once, or nearly so. */
    CONTROL
  }

  /**
   * A member.
   *
   * @param id never used again, also if the same program joins again
   * @param address where it listens, as {@code host:port}
   */
  record Peer(UUID id, String address) {}

  /** Answers calls and is told of members. Thread-safe. */
  interface Handler {

    /**
     * Answers a call; may block. What it throws makes the call fail.
     *
     * @param from the caller as it calls itself, which is not verified
     */
    byte[] answer(UUID from, Lane lane, byte[] message);

    /** A member has joined. Must not block. */
    void joined(Peer peer);

    /** A member has left, however it did. Must not block. */
    void left(Peer peer);
  }

  /** Returns this member, by the identity that the others know it by now. */
  Peer self();

  /** Returns the other members, in any order. */
  List<Peer> peers();

  /**
   * Calls another member, or this one. Does not block; the stage is completed by a thread of the engine: with an
   * {@link java.io.IOException} if the member has left or cannot be reached, and in any case once it has left, which is a
   * {@link java.net.ConnectException} if the message was certainly not sent; with any other
   * exception if the member is there, but did not answer.
   */
  CompletionStage<byte[]> call(UUID to, Lane lane, byte[] message);

  /** Leaves the cluster; calls under way fail. Idempotent; blocks for seconds at the most. */
  @Override
  void close();
}
