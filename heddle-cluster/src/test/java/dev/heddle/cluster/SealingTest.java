package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cluster.LocalNetwork.Sent;
import dev.heddle.cluster.spi.ClusterEngine.Lane;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskFailedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a member without the secret, and one that alters, repeats or cuts messages, can do: nothing but disturb. */
@Timeout(120)
class SealingTest {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final byte UNKNOWN_SESSION = 6;
  private static final byte REFUSED = 7;

  private final Clusters cluster = new Clusters();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void connect_withAnotherSecret_isAnErrorThatSaysSo() {
    ClusterNode _ = cluster.node(1);
    ClusterOptions stranger = ClusterOptions.of(ClusterSecret.random()).withEngine(cluster.network);

    assertThatThrownBy(() -> ClusterPool.connect(DriverOptions.of(stranger)))
        .isInstanceOf(NoMemberException.class)
        .hasMessageContaining("has another secret")
        .hasMessageContaining("check that");
  }

  @Test
  void connect_toAnotherVersion_isAnErrorThatSaysSo() {
    ClusterNode _ = cluster.node(1);
    cluster.network.answerTap = frame -> {
      byte[] other = frame.clone();
      other[0] = 9;
      return other;
    };
    assertThatThrownBy(cluster::driver).isInstanceOf(NoMemberException.class).hasMessageContaining("speaks version 9")
        .hasMessageContaining("same version of Heddle");
  }

  @Test
  void messages_neverShowWhatTheyCarry() {
    List<byte[]> frames = new CopyOnWriteArrayList<>();
    cluster.network.tap = sent -> {
      frames.add(sent.frame());
      return sent;
    };
    cluster.network.answerTap = frame -> {
      frames.add(frame);
      return frame;
    };
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      String word = "the-quick-brown-fox";
      assertThat(pool.submit(() -> word.repeat(3)).result()).startsWith(word);
    }
    assertThat(frames).hasSizeGreaterThan(4)
        .noneMatch(each -> new String(each, StandardCharsets.ISO_8859_1).contains("quick-brown"));
  }

  @Test
  void replayedTask_isRefusedAndDoesNotRunAgain() {
    List<Sent> tasks = new CopyOnWriteArrayList<>();
    cluster.network.tap = sent -> {
      if (sent.lane() == Lane.TASK) {
        tasks.add(sent);
      }
      return sent;
    };
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      RUNS.set(0);
      assertThat(pool.submit(() -> RUNS.incrementAndGet()).result()).isEqualTo(1);

      byte[] answer = cluster.network.deliver(tasks.getFirst());

      assertThat(answer[1]).isEqualTo(REFUSED);
      assertThat(RUNS).hasValue(1);
      assertThat(pool.submit(() -> RUNS.incrementAndGet()).result()).isEqualTo(2);
    }
  }

  @Test
  void messageOfAnotherSender_isUnknown() {
    List<Sent> tasks = new CopyOnWriteArrayList<>();
    cluster.network.tap = sent -> {
      if (sent.lane() == Lane.TASK) {
        tasks.add(sent);
      }
      return sent;
    };
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      pool.submit(() -> 1).result();
      Sent seen = tasks.getFirst();
      byte[] answer = cluster.network.deliver(new Sent(UUID.randomUUID(), seen.to(), seen.lane(), seen.frame()));
      assertThat(answer[1]).isEqualTo(UNKNOWN_SESSION);
    }
  }

  @Test
  void alteredTask_failsAloneWithATypedError() {
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      pool.submit(() -> 1).result();
      for (int position : new int[]{2, 12, 20, 30}) { // the session, the number, the sealed part
        cluster.network.tap = sent -> sent.lane() == Lane.TASK ? altered(sent, position) : sent;
        Future<Integer> future = pool.submit(() -> 2);
        assertThatThrownBy(future::result).isInstanceOf(TaskFailedException.class);
        cluster.network.tap = sent -> sent;
        assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
      }
    }
  }

  private static Sent altered(Sent sent, int position) {
    byte[] frame = sent.frame().clone();
    frame[position] ^= 1;
    return new Sent(sent.from(), sent.to(), sent.lane(), frame);
  }

  @Test
  void truncatedMessages_areRefused() {
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      pool.submit(() -> 1).result();
      for (int length : new int[]{0, 1, 17, 18, 25}) {
        cluster.network.tap = sent -> sent.lane() == Lane.TASK
            ? new Sent(sent.from(), sent.to(), sent.lane(), Arrays.copyOf(sent.frame(), length))
            : sent;
        assertThatThrownBy(() -> pool.submit(() -> 2).result()).as("%d bytes", length)
            .hasStackTraceContaining("ClusterSecurityException");
        cluster.network.tap = sent -> sent;
      }
      assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
    }
  }

  @Test
  void alteredAnswer_failsItsTaskAlone() {
    ClusterNode _ = cluster.node(1);
    try (ClusterExecutor pool = cluster.driver()) {
      pool.submit(() -> 1).result();
      cluster.network.answerTap = frame -> {
        byte[] other = frame.clone();
        other[other.length - 1] ^= 1;
        return other;
      };
      assertThatThrownBy(() -> pool.submit(() -> 2).result()).hasStackTraceContaining("altered or cut short");
      cluster.network.answerTap = frame -> frame;
      assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
    }
  }

  @Test
  void oversizedTaskAndResult_areErrorsWithTheRemedy() {
    ClusterOptions small = cluster.options.withMaxMessage(1 << 18);
    ClusterNode _ = ClusterNode.start(NodeOptions.of(small).withSlots(1));
    try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(small))) {
      byte[] large = new byte[1 << 18];
      assertThat(pool.submit(() -> large.length).exception()).isInstanceOf(MemoryLimitException.class)
          .hasMessageContaining("maxMessage is 262144").hasMessageContaining("broadcast");
      assertThat(pool.submit(() -> new byte[1 << 18]).exception()).isInstanceOf(MemoryLimitException.class)
          .hasMessageContaining("keep");
      assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
    }
  }

  @Test
  void greetingsOfAStranger_keepLittle() {
    ClusterNode node = cluster.node(1);
    UUID target = cluster.network.members.keySet().iterator().next();
    byte[] greeting = new byte[18 + 32];
    greeting[0] = 1;
    greeting[1] = 1;
    for (int i = 0; i < 3_000; i++) {
      byte[] answer = cluster.network.deliver(new Sent(UUID.randomUUID(), target, Lane.CONTROL, greeting));
      assertThat(answer[1]).isEqualTo((byte) 2);
    }
    try (ClusterExecutor pool = cluster.driver()) {
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
    node.close();
  }
}
