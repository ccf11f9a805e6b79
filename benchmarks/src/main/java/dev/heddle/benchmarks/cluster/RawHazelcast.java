package dev.heddle.benchmarks.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;

/** The peer: a member of Hazelcast whose executor service is used as it is, with the settings of Heddle's members. */
final class RawHazelcast {
  static final String EXECUTOR = "raw";
  private static final int FACTORY = 7;

  private RawHazelcast() {}

  /** A task of as many bytes as a small task of Heddle, sealing included; it adds one to a number. */
  static final class Task implements Callable<byte[]>, IdentifiedDataSerializable {
    private static final int BYTES = 150;
    private static final int ANSWER = 50;
    private byte[] bytes = new byte[BYTES];

    @Override
    public byte[] call() {
      byte[] answer = new byte[ANSWER];
      answer[0] = (byte) (bytes[0] + 1);
      return answer;
    }

    @Override
    public int getFactoryId() {
      return FACTORY;
    }

    @Override
    public int getClassId() {
      return 1;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
      out.writeByteArray(bytes);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
      byte[] read = in.readByteArray();
      bytes = read == null ? bytes : read;
    }
  }

  /** Starts a member; those that only submit are lite members. */
  static HazelcastInstance start(String cluster, String member, boolean lite) {
    Config config = new Config().setClusterName(cluster).setLiteMember(lite)
        .addExecutorConfig(new ExecutorConfig(EXECUTOR).setPoolSize(256).setStatisticsEnabled(false));
    String[] properties = {"logging.type", "none", "phone.home.enabled", "false", "shutdownhook.enabled", "false",
        "wait.seconds.before.join", "0", "heartbeat.interval.seconds", "1", "max.no.heartbeat.seconds", "10",
        "partition.count",
        "3", "partition.operation.thread.count", "2", "operation.generic.thread.count", "2", "io.thread.count", "2",
        "socket.bind.any", "false"};
    for (int i = 0; i < properties.length; i += 2) {
      config.setProperty("hazelcast." + properties[i], properties[i + 1]);
    }
    config.getSerializationConfig().addDataSerializableFactory(FACTORY, _ -> new Task());
    config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    var join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    if (!member.isEmpty()) {
      join.getTcpIpConfig().addMember(member);
    }
    return Hazelcast.newHazelcastInstance(config);
  }

  /** Where a member listens. */
  static String address(HazelcastInstance instance) {
    var address = instance.getCluster().getLocalMember().getAddress();
    return address.getHost() + ":" + address.getPort();
  }
}
