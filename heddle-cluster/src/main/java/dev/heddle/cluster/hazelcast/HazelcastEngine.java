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
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
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

/**
 * A member over embedded Hazelcast. A call is a {@code submitToMember} of its executor service, which reports the loss of the
 * member as the failure of the call. Thread-safe.
 */
public final class HazelcastEngine implements ClusterEngine {
  static final String HANDLER = "dev.heddle.cluster.handler";
  private static final AtomicLong INSTANCES = new AtomicLong();
  private static final ThreadLocal<Boolean> ANSWERING = ThreadLocal.withInitial(() -> false);

  private final HazelcastInstance instance;
  private final Map<Lane, IExecutorService> lanes;
  private final Map<UUID, Member> members = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private HazelcastEngine(HazelcastInstance instance) {
    this.instance = instance;
    this.lanes = Map.of(
        Lane.TASK, instance.getExecutorService(MemberConfig.name(Lane.TASK)),
        Lane.CONTROL, instance.getExecutorService(MemberConfig.name(Lane.CONTROL)));
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
              + e.getMessage()
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
    return new Peer(member.getUuid(), address.getHost() + ":" + address.getPort());
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
    UUID self = instance.getCluster().getLocalMember().getUuid();
    Member member = members.get(to);
    IExecutorService executor = lanes.get(lane);
    if (member == null || executor == null) {
      return CompletableFuture.failedFuture(new ConnectException("it is not in the cluster any more"));
    }
    if (ANSWERING.get()) { // a thread that Hazelcast allows no calls
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      Thread.startVirtualThread(() -> call(executor, new Envelope(self, lane, message), member).whenComplete((bytes, e) -> {
        if (e == null) {
          answer.complete(bytes);
        } else {
          answer.completeExceptionally(e);
        }
      }));
      return answer;
    }
    return call(executor, new Envelope(self, lane, message), member);
  }

  private static CompletionStage<byte[]> call(IExecutorService executor, Envelope envelope, Member member) {
    try {
      Object answer = executor.submitToMember(envelope, member);
      if (answer instanceof CompletionStage<?> stage) {
        return answered(stage);
      }
      throw new ClusterException("this version of Hazelcast gives futures without callbacks; use 5.7", null);
    } catch (RuntimeException e) { // it is being shut down, or its queue is full
      return CompletableFuture.failedFuture(translated(e));
    }
  }

  /**
   * Completed by the thread that reads the answer. By default Hazelcast's stages go on with another thread at each step, whose
   * wake-ups take longer than all the rest. Whatever comes that is no answer of Heddle's fails the call.
   */
  private static CompletionStage<byte[]> answered(CompletionStage<?> stage) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
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
    return answer;
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
