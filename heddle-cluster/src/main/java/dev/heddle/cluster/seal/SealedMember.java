package dev.heddle.cluster.seal;

import dev.heddle.base.Describe;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.ClusterSecurityException;
import dev.heddle.cluster.MemoryLimitException;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.spi.EngineFactory;
import dev.heddle.cluster.spi.EngineSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A member whose calls are sealed: an engine, and the sessions with the other members. A session begins with a greeting, in which
 * both sides send a random number; its keys are derived from these. A member that lacks the secret cannot read a call, make one,
 * or repeat one. Thread-safe.
 */
public final class SealedMember implements AutoCloseable {

  /** Answers opened calls, and is told of members. Thread-safe. */
  public interface Service {

    /** Answers a call; may block. What it throws makes the call fail, with its text. */
    byte[] answer(UUID from, byte[] message);

    /** A member has joined. Must not block. */
    void joined(ClusterEngine.Peer peer);

    /** A member has left. Must not block. */
    void left(ClusterEngine.Peer peer);
  }

  /** How many bytes of a message are not those of its value, at the most. */
  public static final int OVERHEAD = 1 << 10;

  private static final int BRIEF_BYTES = 1 << 16; // to open more would keep the engine's thread from other answers

  private final ClusterSecret secret;
  private final String cluster;
  private final int maxMessage;
  private final Duration longestGreeting;
  private final Map<UUID, CompletableFuture<Outgoing>> outgoing = new ConcurrentHashMap<>();
  private final CompletableFuture<ClusterEngine> engine = new CompletableFuture<>();
  private final Incoming incoming;

  private SealedMember(ClusterSecret secret, EngineSetup setup, Service service) {
    this.secret = secret;
    this.cluster = setup.cluster();
    this.maxMessage = setup.maxMessage();
    this.longestGreeting = setup.heartbeat();
    this.incoming = new Incoming(secret, setup, service, () -> engine.join().self().id());
  }

  /** Joins a cluster; blocks until that is done. */
  public static SealedMember open(EngineFactory factory, EngineSetup setup, ClusterSecret secret, Service service) {
    SealedMember member = new SealedMember(secret, setup, service);
    member.engine.complete(factory.open(setup, new ClusterEngine.Handler() {
      @Override
      public byte[] answer(UUID from, ClusterEngine.Lane lane, byte[] message) {
        return member.incoming.answer(from, message);
      }

      @Override
      public void joined(ClusterEngine.Peer peer) {
        service.joined(peer);
      }

      @Override
      public void left(ClusterEngine.Peer peer) {
        member.outgoing.remove(peer.id());
        member.incoming.forget(peer.id());
        service.left(peer);
      }
    }));
    return member;
  }

  /** Returns this member. */
  public ClusterEngine.Peer self() {
    return engine.join().self();
  }

  /** Returns the other members, whether they know the secret or not. */
  public List<ClusterEngine.Peer> peers() {
    return engine.join().peers();
  }

  /**
   * Calls another member. Does not block. The future fails with a {@link ClusterSecurityException} if the member does not have the
   * secret, and with any other exception if it is lost; a session that the other side has forgotten is made again, once.
   */
  public CompletableFuture<byte[]> call(UUID to, ClusterEngine.Lane lane, byte[] message) {
    if (message.length > maxMessage) {
      return CompletableFuture.failedFuture(
          new MemoryLimitException(
              "a message of " + message.length + " bytes is over the limit maxMessage of " + maxMessage
                  + "; send less, keep results at the member, or raise maxMessage on all members",
              null));
    }
    CompletableFuture<Outgoing> session = session(to);
    if (session.isDone() && !session.isCompletedExceptionally()) {
      return call(session.join(), to, lane, message, true);
    }
    return session.thenCompose(known -> call(known, to, lane, message, true));
  }

  private CompletableFuture<byte[]> call(Outgoing session, UUID to, ClusterEngine.Lane lane, byte[] message, boolean again) {
    PairKeys keys = session.keys();
    long number = keys.next();
    byte[] header = Frames.header(Frames.SEALED, session.id(), number);
    CompletableFuture<byte[]> answer = engine.join().call(to, lane, keys.sealCall(number, header, message))
        .toCompletableFuture();
    return answer.thenCompose(bytes -> {
      if (Frames.type(bytes) == Frames.UNKNOWN_SESSION && again) {
        outgoing.remove(to, session.future());
        return session(to).thenCompose(next -> call(next, to, lane, message, false));
      }
      return bytes.length < BRIEF_BYTES
          ? CompletableFuture.completedFuture(opened(keys, number, bytes))
          : CompletableFuture.supplyAsync(() -> opened(keys, number, bytes), Thread::startVirtualThread);
    });
  }

  private byte[] opened(PairKeys keys, long number, byte[] bytes) {
    if (bytes.length > maxMessage + OVERHEAD) {
      throw new MemoryLimitException(
          "a member answered " + bytes.length + " bytes, which is over the limit maxMessage of " + maxMessage
              + "; it must be the same on all members",
          null);
    }
    return switch (Frames.type(bytes)) {
      case Frames.ANSWER, Frames.FAILED -> {
        byte[] header = Frames.head(bytes);
        if (Frames.number(bytes) != number) {
          throw new ClusterSecurityException("a member answered another call than the one it was sent", null);
        }
        byte[] message = keys.openAnswer(number, header, bytes, Frames.HEADER);
        if (Frames.type(bytes) == Frames.FAILED) {
          throw new ClusterException(Frames.text(message), null);
        }
        yield message;
      }
      default -> throw new ClusterSecurityException("a member refused a call: " + Frames.reason(bytes), null);
    };
  }

  private CompletableFuture<Outgoing> session(UUID to) {
    CompletableFuture<Outgoing> known = outgoing.get(to);
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<Outgoing> fresh = new CompletableFuture<>();
    CompletableFuture<Outgoing> other = outgoing.merge(to, fresh,
        (old, made) -> old.isCompletedExceptionally() ? made : old);
    if (other == fresh) {
      greet(to, fresh);
    }
    return other;
  }

  private void greet(UUID to, CompletableFuture<Outgoing> session) {
    byte[] random = Frames.random(PairKeys.RANDOM);
    CompletableFuture<byte[]> answer = engine.join().call(to, ClusterEngine.Lane.CONTROL, Frames.greeting(random))
        .toCompletableFuture().orTimeout(longestGreeting.toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((bytes, failure) -> {
      try {
        if (failure instanceof TimeoutException) {
          session.completeExceptionally(
              new ClusterException("it did not answer a greeting within " + Describe.duration(longestGreeting), failure));
        } else if (failure != null) {
          session.completeExceptionally(failure);
        } else {
          session.complete(welcomed(to, random, bytes, session));
        }
      } catch (RuntimeException e) {
        session.completeExceptionally(e);
      }
    });
  }

  /** The answer holds a proof that the other side knows the secret. */
  private Outgoing welcomed(UUID to, byte[] random, byte[] bytes, CompletableFuture<Outgoing> session) {
    Frames.Welcome welcome = Frames.welcome(bytes);
    PairKeys keys = new PairKeys(secret, cluster, self().id(), to, random, welcome.random());
    byte[] _ = keys.openAnswer(0, Frames.header(Frames.WELCOME, welcome.session(), 0), welcome.proof(), 0);
    return new Outgoing(welcome.session(), keys, session);
  }

  @Override
  public void close() {
    if (engine.isDone()) {
      engine.join().close();
    }
  }

  private record Outgoing(long id, PairKeys keys, CompletableFuture<Outgoing> future) {}
}
