package dev.heddle.cluster.hazelcast;

import com.hazelcast.core.MemberLeftException;
import com.hazelcast.executor.impl.DistributedExecutorService;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.ExceptionAction;
import com.hazelcast.spi.impl.operationservice.Offload;
import com.hazelcast.spi.impl.operationservice.Operation;
import dev.heddle.cluster.spi.ClusterEngine;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one type that crosses between members: the bytes of a message. Run by Hazelcast, it is answered there with bytes, by a thread of
 * its lane. It is an operation of Hazelcast's own kind, not a task of its executor service: that one packs the bytes twice, and looks
 * up and registers each task, which takes longer than all that Heddle does with a small one.
 */
final class Envelope extends Operation implements IdentifiedDataSerializable {
  static final int FACTORY = 0x4845_444C;
  static final int ID = 1;

  private final int limit;
  private @Nullable UUID from;
  private ClusterEngine.Lane lane = ClusterEngine.Lane.CONTROL;
  private byte[] message = {};

  /** An envelope to be read into. */
  Envelope(int limit) {
    this.limit = limit;
  }

  Envelope(UUID from, ClusterEngine.Lane lane, byte[] message) {
    this(message.length);
    this.from = from;
    this.lane = lane;
    this.message = message;
  }

  /** The answer comes later, from another thread; Hazelcast tells the caller meanwhile that the operation is alive. */
  @Override
  public CallStatus call() {
    return new Offload(this) {
      @Override
      public void start() {
        executionService.execute(MemberConfig.name(lane), Envelope.this::answer);
      }
    };
  }

  private void answer() {
    Object answer;
    try {
      answer = answered();
    } catch (Throwable e) {
      answer = e;
    }
    sendResponse(answer);
  }

  private byte[] answered() {
    UUID sender = from;
    Object handler = getNodeEngine().getHazelcastInstance().getUserContext().get(HazelcastEngine.HANDLER);
    if (sender == null || !(handler instanceof ClusterEngine.Handler known)) {
      throw new IllegalStateException("this member answers no calls");
    }
    return known.answer(sender, lane, message);
  }

  /** A call that may have been run is not repeated. */
  @Override
  public ExceptionAction onInvocationException(Throwable failure) {
    return failure instanceof MemberLeftException || failure instanceof TargetNotMemberException
        ? ExceptionAction.THROW_EXCEPTION
        : super.onInvocationException(failure);
  }

  @Override
  public String getServiceName() {
    return DistributedExecutorService.SERVICE_NAME;
  }

  @Override
  public int getFactoryId() {
    return FACTORY;
  }

  @Override
  public int getClassId() {
    return ID;
  }

  @Override
  protected void writeInternal(ObjectDataOutput out) throws IOException {
    UUID sender = from;
    if (sender == null) {
      throw new IOException("an envelope without a sender");
    }
    out.writeLong(sender.getMostSignificantBits());
    out.writeLong(sender.getLeastSignificantBits());
    out.writeByte(lane == ClusterEngine.Lane.TASK ? 0 : 1);
    out.writeInt(message.length);
    out.write(message);
  }

  /** The length is checked before memory is allocated. */
  @Override
  protected void readInternal(ObjectDataInput in) throws IOException {
    from = new UUID(in.readLong(), in.readLong());
    lane = in.readByte() == 0 ? ClusterEngine.Lane.TASK : ClusterEngine.Lane.CONTROL;
    int length = in.readInt();
    if (length < 0 || length > limit) {
      throw new HazelcastSerializationException("a message of " + length + " bytes is over the limit of " + limit);
    }
    message = new byte[length];
    in.readFully(message);
  }
}
