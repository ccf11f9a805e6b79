package dev.heddle.cluster.node;

import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of a node to other members, with a bound on each wait. Thread-safe. */
final class Calls {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final CompletableFuture<SealedMember> member = new CompletableFuture<>();

  /** The node has joined. */
  void joined(SealedMember its) {
    member.complete(its);
  }

  UUID self() {
    return member.join().self().id();
  }

  /** Whether that member is in the cluster. */
  boolean isPresent(UUID id) {
    return member.join().peers().stream().anyMatch(each -> each.id().equals(id));
  }

  String address() {
    return member.join().self().address();
  }

  /** Sends a request; the answer's coming is not bounded. */
  CompletableFuture<byte[]> ask(UUID to, Request request) {
    return member.join().call(to, ClusterEngine.Lane.CONTROL, request.toBytes());
  }

  /**
   * Returns the bytes that another member answers. Waits also if this thread is interrupted, so that an interrupt does not make a
   * class a missing one; the interrupt is kept.
   *
   * @throws IOException if the member says that it has none, is lost, or does not answer in 30 s
   */
  byte[] fetch(UUID from, Request request, String what) throws IOException {
    CompletableFuture<byte[]> call = member.join().call(from, ClusterEngine.Lane.CONTROL, request.toBytes());
    CallOutcome outcome;
    try {
      outcome = CallOutcome.read(await(call));
    } catch (ExecutionException e) {
      throw new IOException("asking for " + what + " failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("asking for " + what + " failed: there was no answer within 30 s", e);
    } catch (ClusterException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (!outcome.success()) {
      throw new IOException(new String(outcome.bytes(), StandardCharsets.UTF_8));
    }
    return outcome.bytes();
  }

  private static byte[] await(CompletableFuture<byte[]> call) throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + LONGEST.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return call.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
