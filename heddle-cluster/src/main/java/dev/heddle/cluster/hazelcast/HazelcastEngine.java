package dev.heddle.cluster.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.executor.impl.DistributedExecutorService;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.spi.impl.operationservice.OperationService;
import dev.heddle.base.Cells;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.spi.EngineSetup;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A member over embedded Hazelcast. A call is one of its operations, which reports the loss of the member as its failure. Thread-safe. */
public final class HazelcastEngine implements ClusterEngine {
  static final String HANDLER = "dev.heddle.cluster.handler";
  private static final AtomicLong INSTANCES = new AtomicLong();
  private static final ThreadLocal<Boolean> ANSWERING = ThreadLocal.withInitial(() -> false);

  private final HazelcastInstance instance;
  private final OperationService operations;
  private final Map<UUID, Member> members = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private HazelcastEngine(HazelcastInstance instance) {
    this.instance = instance;
    this.operations = ((HazelcastInstanceProxy) instance).getOriginal().node.getNodeEngine().getOperationService();
  }

  /** Joins a cluster, or begins one. */
  public static ClusterEngine open(EngineSetup setup, Handler handler) {
    QuietStart.prepare();
    Config config = MemberConfig.of(setup);
    config.setInstanceName("heddle-" + setup.cluster() + "-" + INSTANCES.incrementAndGet());
    config.getUserContext().put(HANDLER, handler);
    Listener listener = new Listener(handler);
    config.addListenerConfig(new ListenerConfig(listener));
    HazelcastInstance instance;
    try {
      instance = Hazelcast.newHazelcastInstance(config);
    } catch (RuntimeException e) {
      throw new ClusterException(
          "cannot join the cluster '" + setup.cluster() + "' from " + setup.host() + ":" + setup.port() + ": "
              + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ").replaceAll("\\.$", "")
              + "; the address must be one of this machine, and the port free",
          e);
    }
    HazelcastEngine engine = new HazelcastEngine(instance);
    listener.engine.complete(engine);
    instance.getCluster().getMembers().forEach(engine::add);
    return engine;
  }

  private void add(Member member) {
    members.put(member.getUuid(), member);
  }

  private static Peer peer(Member member) {
    Address address = member.getAddress();
    return new Peer(member.getUuid(), Cells.printable(address.getHost()) + ":" + address.getPort()); // as a stranger says it, perhaps
  }

  /** Asked anew each time: a member that joins another part of the cluster, after a cut has healed, gets another identity. */
  @Override
  public Peer self() {
    return peer(instance.getCluster().getLocalMember());
  }

  @Override
  public List<Peer> peers() {
    return instance.getCluster().getMembers().stream().filter(each -> !each.localMember()).map(HazelcastEngine::peer)
        .toList();
  }

  @Override
  public CompletionStage<byte[]> call(UUID to, Lane lane, byte[] message) {
    Member member = members.get(to);
    if (member == null) {
      return CompletableFuture.failedFuture(new ConnectException("it is not in the cluster any more"));
    }
    Envelope envelope = new Envelope(instance.getCluster().getLocalMember().getUuid(), lane, message);
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    if (ANSWERING.get()) { // a thread that Hazelcast allows no calls
      Thread.startVirtualThread(() -> call(envelope, member, answer));
    } else {
      call(envelope, member, answer);
    }
    return answer;
  }

  private void call(Envelope envelope, Member member, CompletableFuture<byte[]> answer) {
    try {
      answered(
          operations.invokeOnTarget(DistributedExecutorService.SERVICE_NAME, envelope, member.getAddress()), answer);
    } catch (RuntimeException e) { // it is being shut down
      answer.completeExceptionally(translated(e));
    }
  }

  /**
   * Completed by the thread that reads the answer. By default Hazelcast's stages go on with another thread at each step, whose
   * wake-ups take longer than all the rest. Whatever comes that is no answer of Heddle's fails the call.
   */
  private static void answered(CompletionStage<?> stage, CompletableFuture<byte[]> answer) {
    stage.thenApplyAsync(byte[].class::cast, Runnable::run).whenCompleteAsync((bytes, failure) -> {
      boolean outer = ANSWERING.get();
      ANSWERING.set(true);
      try {
        if (failure != null) {
          answer.completeExceptionally(translated(failure));
        } else if (bytes == null) {
          answer.completeExceptionally(new ClusterException("a member answered nothing", null));
        } else {
          answer.complete(bytes);
        }
      } finally {
        ANSWERING.set(outer);
      }
    }, Runnable::run);
  }

  /** Tells a lost member from one that is there and failed. */
  private static Throwable translated(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    if (cause instanceof TargetNotMemberException) {
      return new ConnectException("it is not in the cluster any more"); // noticed before it was sent
    }
    return cause instanceof MemberLeftException
        || cause instanceof HazelcastInstanceNotActiveException || cause instanceof TargetDisconnectedException
            ? new IOException("it left the cluster, or did not answer any more (" + cause.getClass().getSimpleName() + ")",
                cause)
            : cause;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      instance.getLifecycleService().terminate(); // there is no data to hand over, for which a shutdown would wait
    }
  }

  @Override
  public String toString() {
    return "member " + self().address();
  }

  /** Tells the handler; events may come before the engine is there. */
  private static final class Listener implements MembershipListener {
    private final Handler handler;
    private final CompletableFuture<HazelcastEngine> engine = new CompletableFuture<>();

    Listener(Handler handler) {
      this.handler = handler;
    }

    @Override
    public void memberAdded(MembershipEvent event) {
      if (!event.getMember().localMember()) {
        engine.thenAccept(its -> {
          its.add(event.getMember());
          handler.joined(peer(event.getMember()));
        });
      }
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      engine.thenAccept(its -> {
        its.members.remove(event.getMember().getUuid());
        handler.left(peer(event.getMember()));
      });
    }
  }
}
