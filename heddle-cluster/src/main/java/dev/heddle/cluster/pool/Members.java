package dev.heddle.cluster.pool;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.base.ModuleLog;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.ClusterSecurityException;
import dev.heddle.cluster.NoMemberException;
import dev.heddle.cluster.seal.OtherVersionException;
import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.Build;
import dev.heddle.cluster.wire.Description;
import dev.heddle.cluster.wire.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The members of a cluster as a driver knows them: each that joins is asked what it is, and is used if it answers that it runs
 * tasks. One that does not answer, or not sensibly, is not used, and is asked again as long as it is in the cluster. Thread-safe.
 */
final class Members {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.cluster");
  private static final long SUSPICION_MILLIS = 500;
  private static final long AGAIN_MILLIS = 2_000;
  private static final int MOST_SHOWN = 200; // columns of a text of a member's own

  private final ClusterOptions options;
  private final CompletableFuture<SealedMember> self;
  private final Executor threads;
  private final Runnable changed;
  private final Map<UUID, KnownMember> known = new ConcurrentHashMap<>(); // changed and awaited under its monitor
  private final Map<UUID, Refusal> refused = new ConcurrentHashMap<>();
  private final Set<UUID> met = ConcurrentHashMap.newKeySet();
  private final Set<UUID> leaving = ConcurrentHashMap.newKeySet(); // that have said so, perhaps before they were known
  private final String classPath = Build.classPath();
  private volatile boolean closed;

  /**
   * The reason for which a member is not used.
   *
   * @param forGood whether asking again is in vain
   */
  private record Refusal(String why, boolean forGood) {}

  /**
   * Creates the members of a driver.
   *
   * @param threads runs what takes longer
   * @param changed is called after each change of those that are used; must not block
   */
  Members(ClusterOptions options, CompletableFuture<SealedMember> self, Executor threads, Runnable changed) {
    this.options = options;
    this.self = self;
    this.threads = threads;
    this.changed = changed;
  }

  /** Those that are used. */
  Collection<KnownMember> all() {
    return known.values();
  }

  String describe() {
    return known.values()
        .stream()
        .map(each -> each + " with labels " + Cells.fit(Cells.printable(each.labels().toString()), MOST_SHOWN) + " and "
            + each.description().slots() + " slots"
            + (each.isDraining() ? ", which is draining" : ""))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  // ---- arrivals ----

  /** A member has joined, or was there: it is asked what it is, the first time. */
  void joined(ClusterEngine.Peer peer) {
    if (met.add(peer.id())) {
      threads.execute(() -> ask(peer));
    }
  }

  private void ask(ClusterEngine.Peer peer) {
    Duration longest = options.heartbeat();
    self.join().call(peer.id(), ClusterEngine.Lane.CONTROL, new Request.Describe().toBytes())
        .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((answer, failure) -> threads.execute(() -> {
          try {
            if (failure == null) {
              described(peer, answer);
            } else {
              undescribed(peer, failure);
            }
          } catch (RuntimeException e) { // an answer that cannot be read
            undescribed(peer, e);
          }
        }));
  }

  private void described(ClusterEngine.Peer peer, byte[] answer) {
    String build = Description.buildOf(answer);
    if (!build.equals(Build.heddle())) {
      String heddle = Cells.fit(Cells.printable(build), MOST_SHOWN); // it may be anything
      LOG.warning("member " + peer.address() + " is not used: it runs another version of Heddle (" + heddle + ", here "
          + Build.heddle() + ")");
      refuse(peer, new Refusal("it runs another version of Heddle; run the same on all members and drivers", true));
      return;
    }
    Description description = Description.read(answer);
    if (!description.worker()) {
      return;
    }
    if (!description.classPath().equals(classPath)) {
      LOG.info(
          "member " + peer.address() + " has another class path than this program; tasks whose classes differ there fail "
              + "with a ClassMismatchException, and those whose classes are missing need DriverOptions.withSharedClasses");
    }
    KnownMember member = new KnownMember(peer, description);
    if (leaving.contains(peer.id())) {
      member.drain();
    }
    boolean present = isPresent(peer);
    synchronized (known) {
      refused.remove(peer.id());
      if (present) { // else it has left again meanwhile
        known.putIfAbsent(peer.id(), member);
      }
      known.notifyAll();
    }
    changed.run();
  }

  private boolean isPresent(ClusterEngine.Peer peer) {
    return !closed && self.join().peers().stream().anyMatch(each -> each.id().equals(peer.id()));
  }

  private void undescribed(ClusterEngine.Peer peer, Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    boolean forGood = cause instanceof ClusterSecurityException || cause instanceof OtherVersionException;
    String why = cause instanceof TimeoutException
        ? "it did not say what it is within " + Describe.duration(options.heartbeat())
        : String.valueOf(cause.getMessage());
    if (forGood) {
      LOG.warning("member " + peer.address() + " is not used: " + why);
    }
    if (isPresent(peer)) {
      refuse(peer, new Refusal(why, forGood));
      if (!forGood) {
        later(AGAIN_MILLIS, peer);
      }
    }
  }

  private void refuse(ClusterEngine.Peer peer, Refusal why) {
    synchronized (known) {
      refused.put(peer.id(), new Refusal(peer.address() + " (" + why.why + ")", why.forGood));
      known.notifyAll();
    }
  }

  private void later(long millis, ClusterEngine.Peer peer) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads).execute(() -> {
      if (isPresent(peer)) {
        ask(peer);
      }
    });
  }

  // ---- departures ----

  /** A member could not be reached: it gets no more tasks, unless it answers later, still being in the cluster. */
  void suspect(KnownMember suspected) {
    if (known.remove(suspected.peer().id(), suspected)) {
      changed.run();
      later(SUSPICION_MILLIS, suspected.peer());
    }
  }

  void left(UUID member) {
    synchronized (known) {
      known.remove(member);
      refused.remove(member);
      leaving.remove(member);
      met.remove(member);
    }
    changed.run();
  }

  /** A member takes no more tasks. */
  void drains(UUID member) {
    leaving.add(member);
    KnownMember its = known.get(member);
    if (its != null && !its.isDraining()) {
      its.drain();
      changed.run();
    }
  }

  void close() {
    closed = true;
  }

  // ---- the first ones ----

  /** Waits until there is a member that runs tasks. */
  void await(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (known) {
      while (known.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0 || isHopeless()) {
          throw noMember(patience);
        }
        try {
          known.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new ClusterException("the thread was interrupted while it waited for members of the cluster", e);
        }
      }
    }
  }

  /** Whether there are members, and none of them will ever be used. */
  private boolean isHopeless() {
    Collection<ClusterEngine.Peer> peers = self.join().peers();
    return !peers.isEmpty() && peers.stream().allMatch(each -> {
      Refusal its = refused.get(each.id());
      return its != null && its.forGood;
    });
  }

  private NoMemberException noMember(Duration patience) {
    String found = refused.isEmpty()
        ? "no other member was found"
        : "these members were found: "
            + refused.values().stream().map(Refusal::why).sorted().collect(Collectors.joining("; "));
    return new NoMemberException(
        "the cluster '" + options.name() + "' has no member for this program within " + Describe.duration(patience)
            + " (members " + options.members() + "): " + found
            + "; check that a node runs there, that its address can be reached, and that name and secret are the same",
        null);
  }
}
