package dev.heddle.cluster;

import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.spi.EngineFactory;
import dev.heddle.cluster.spi.EngineSetup;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A network within this JVM as an engine: it loses members and alters messages when a test says so. Thread-safe. */
final class LocalNetwork implements EngineFactory {

  /** A message on its way to a member; the tap returns what arrives. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sent(UUID from, UUID to, ClusterEngine.Lane lane, byte[] frame) {}

  final Map<UUID, Member> members = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(1);
  volatile UnaryOperator<Sent> tap = UnaryOperator.identity();
  volatile UnaryOperator<byte[]> answerTap = UnaryOperator.identity();

  @Override
  public ClusterEngine open(EngineSetup setup, ClusterEngine.Handler handler) {
    Member member = new Member(setup, handler);
    List<Member> others = List.copyOf(members.values());
    members.put(member.self.id(), member);
    for (Member other : others) {
      aside(() -> other.handler.joined(member.self));
      aside(() -> handler.joined(other.self));
    }
    return member;
  }

  private static void aside(Runnable action) {
    Thread.ofVirtual().start(action);
  }

  /** Delivers a frame as if a member had sent it; for a hostile one. */
  byte[] deliver(Sent sent) {
    Member target = Objects.requireNonNull(members.get(sent.to()), "there is no such member");
    return target.handler.answer(sent.from(), sent.lane(), sent.frame());
  }

  /** Takes a member away, as if its machine had lost power; the address names it. */
  void lose(String address) {
    members.values().stream().filter(each -> each.self.address().equals(address)).forEach(Member::vanish);
  }

  final class Member implements ClusterEngine {
    final Peer self;
    final Handler handler;
    final boolean worker;
    private final CompletableFuture<byte[]> lost = new CompletableFuture<>();

    Member(EngineSetup setup, Handler handler) {
      this.self = new Peer(UUID.randomUUID(), setup.host() + ":" + ports.getAndIncrement());
      this.handler = handler;
      this.worker = setup.worker();
    }

    @Override
    public Peer self() {
      return self;
    }

    @Override
    public List<Peer> peers() {
      return members.values().stream().map(each -> each.self).filter(each -> !each.equals(self)).toList();
    }

    @Override
    public CompletionStage<byte[]> call(UUID to, Lane lane, byte[] message) {
      Sent sent = tap.apply(new Sent(self.id(), to, lane, message));
      Member target = members.get(sent.to());
      if (target == null || !members.containsKey(self.id())) {
        return CompletableFuture.failedFuture(new ConnectException("it is not in the network"));
      }
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      aside(() -> {
        try {
          answer.complete(answerTap.apply(target.handler.answer(sent.from(), lane, sent.frame())));
        } catch (Throwable e) {
          answer.completeExceptionally(e);
        }
      });
      target.lost.whenComplete((_, e) -> answer.completeExceptionally(e));
      return answer;
    }

    void vanish() {
      if (members.remove(self.id()) != null) {
        lost.completeExceptionally(new IOException("it has left the network"));
        List.copyOf(members.values()).forEach(other -> aside(() -> other.handler.left(self)));
        List.copyOf(members.values()).forEach(other -> aside(() -> handler.left(other.self)));
      }
    }

    @Override
    public void close() {
      vanish();
    }
  }
}
