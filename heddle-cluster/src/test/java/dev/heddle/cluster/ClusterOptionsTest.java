package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterOptionsTest {
  private final ClusterOptions cluster = ClusterOptions.of(ClusterSecret.random());

  private static void wrong(Runnable action, String... parts) {
    assertThatThrownBy(action::run).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
  }

  @Test
  void slots_mustBePositiveAndNotTooMany() {
    wrong(() -> NodeOptions.of(cluster).withSlots(0), "slots", "was 0", "processors");
    wrong(() -> NodeOptions.of(cluster).withSlots(-3), "slots", "was -3");
    wrong(() -> NodeOptions.of(cluster).withSlots(10_001), "slots", "10000", "was 10001", "start more nodes");
    wrong(() -> Placement.anywhere().withSlots(0), "slots", "was 0");
    wrong(() -> Placement.anywhere().withAtMost(0), "atMost", "was 0");
  }

  @Test
  void members_mustBeAddressesNamedOnce() {
    for (String each : new String[]{"host", "host:", ":5701", "host:0", "host:70000", "host:x", ""}) {
      wrong(() -> cluster.withMembers(each), "members");
    }
    wrong(() -> cluster.withMembers("a:1", "a:1"), "members must be different", "[a:1, a:1]", "once");
    wrong(() -> ClusterPool.connect(ClusterSecret.random()), "members must not be empty");
    wrong(() -> ClusterPool.embedded(0), "members", "was 0");
    assertThat(cluster.withMembers("[::1]:5701", "a:1").members()).hasSize(2);
  }

  @Test
  void otherValues_areChecked() {
    wrong(() -> cluster.withPort(-1), "port", "was -1");
    wrong(() -> cluster.withName(" "), "name");
    wrong(() -> cluster.withMaxMessage(0), "maxMessage", "was 0");
    wrong(() -> cluster.withMaxMessage(Integer.MAX_VALUE), "maxMessage", "in parts");
    wrong(() -> cluster.withHeartbeat(Duration.ofMillis(1500)), "heartbeat", "at least 2 s");
    wrong(() -> NodeOptions.of(cluster).withMaxKept(-1), "maxKept", "was -1");
    wrong(() -> NodeOptions.of(cluster).withLabels(" "), "labels");
    wrong(() -> DriverOptions.of(cluster).withPatience(Duration.ZERO), "patience");
    assertThat(new NodeOptions(cluster, 1, Set.of("gpu"), 0, null).labels()).containsExactly("gpu");
  }
}
