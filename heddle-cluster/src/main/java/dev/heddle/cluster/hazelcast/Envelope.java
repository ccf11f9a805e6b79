package dev.heddle.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.heddle.cluster.spi.ClusterEngine;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The one type that crosses between members: the bytes of a message. Run by Hazelcast, it is answered there with bytes. */
final class Envelope implements Callable<byte[]>, IdentifiedDataSerializable, HazelcastInstanceAware {
  static final int FACTORY = 0x4845_444C;
  static final int ID = 1;

  private final int limit;
  private @Nullable UUID from;
  private ClusterEngine.Lane lane = ClusterEngine.Lane.CONTROL;
  private byte[] message = {};
  private @Nullable HazelcastInstance here;

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

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    here = instance;
  }

  @Override
  public byte[] call() {
    HazelcastInstance instance = here;
    UUID sender = from;
    Object handler = instance == null ? null : instance.getUserContext().get(HazelcastEngine.HANDLER);
    if (sender == null || !(handler instanceof ClusterEngine.Handler known)) {
      throw new IllegalStateException("this member answers no calls");
    }
    return known.answer(sender, lane, message);
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
  public void writeData(ObjectDataOutput out) throws IOException {
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
  public void readData(ObjectDataInput in) throws IOException {
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
