package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plain Hazelcast member, which needs no secret to join, can make a node do: nothing. */
@Timeout(180)
class ClosedEngineTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** Hazelcast would run it. */
  static final class Stranger implements Callable<Integer>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Integer call() {
      return RUNS.incrementAndGet();
    }
  }

  @Test
  void objectsOfJavaSerialization_areNotRead() {
    ClusterOptions options = ClusterOptions.of(ClusterSecret.random()).withName("closed-" + ProcessHandle.current().pid());
    try (ClusterNode node = ClusterNode.start(NodeOptions.of(options).withSlots(1))) {
      assertThat(node.address()).startsWith("127.0.0.1:");
      HazelcastInstance stranger = Hazelcast.newHazelcastInstance(config(options.name(), node.address()));
      try {
        var target = stranger.getCluster().getMembers().stream().filter(each -> !each.localMember()).findFirst()
            .orElseThrow();
        for (String executor : new String[]{"heddle-control", "heddle-task", "default"}) {
          assertThatThrownBy(() -> stranger.getExecutorService(executor).submitToMember(new Stranger(), target)
              .get(60, TimeUnit.SECONDS)).hasStackTraceContaining("not allowed");
        }
        assertThat(RUNS).hasValue(0);
      } finally {
        stranger.getLifecycleService().terminate();
      }
    }
  }

  private static Config config(String name, String member) {
    Config config = new Config().setClusterName(name).setProperty("hazelcast.logging.type", "none")
        .setProperty("hazelcast.phone.home.enabled", "false").setProperty("hazelcast.partition.count", "3")
        .setProperty("hazelcast.wait.seconds.before.join", "0");
    config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember(member);
    return config;
  }
}
