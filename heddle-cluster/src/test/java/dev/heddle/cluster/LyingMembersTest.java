package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.Build;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Description;
import dev.heddle.cluster.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that know the secret and lie about themselves: what they say is bounded, and shown harmless. */
@Timeout(120)
class LyingMembersTest {
  private static final String HOSTILE = "gpu\u001b]0;PWNED\u0007\n\u202e";
  private static final int LONG = 1_000_000;

  private final Clusters cluster = new Clusters();

  @AfterEach
  void close() {
    cluster.close();
  }

  /** A member that describes itself so, and fails all else. */
  private SealedMember liar(Description description) {
    return liar(request -> {
      if (request instanceof Request.Describe) {
        return description.toBytes();
      }
      throw new IllegalStateException(HOSTILE.repeat(LONG));
    });
  }

  private SealedMember liar(Function<Request, byte[]> answers) {
    ClusterOptions options = cluster.options;
    return SealedMember.open(options.engine(), options.setup(true, 256), options.secret(), new SealedMember.Service() {
      @Override
      public byte[] answer(UUID from, byte[] message) {
        return answers.apply(Request.read(message));
      }

      @Override
      public void joined(ClusterEngine.Peer peer) {}

      @Override
      public void left(ClusterEngine.Peer peer) {}
    });
  }

  private static Description description(int slots, List<String> labels) {
    return new Description(true, slots, labels, false, Build.heddle(), "", 1);
  }

  private static byte[] answerOf(Request request) {
    return request instanceof Request.Describe
        ? description(Integer.MAX_VALUE, List.of()).toBytes()
        : new CallOutcome(true, 0, new byte[0]).toBytes();
  }

  private ClusterExecutor driver(Duration patience) {
    return ClusterPool.connect(DriverOptions.of(cluster.options).withPatience(patience));
  }

  private static void isBearable(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    assertThat(text).hasSizeLessThan(10_000);
    assertThat(text.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x202e);
  }

  /** Drivers read as far ahead as there are slots. */
  @Test
  void slotsBeyondAllBounds_areNotBelieved() {
    SealedMember _ = liar(LyingMembersTest::answerOf);
    try (ClusterExecutor pool = driver(Clusters.LONG)) {
      assertThat(pool.members()).singleElement().extracting(MemberStats::slots).isEqualTo(10_000);
    }
  }

  @Test
  void slotsBelowZero_areNone_andTasksDoNotWaitForEver() {
    SealedMember _ = liar(description(-5, List.of()));
    try (ClusterExecutor pool = driver(Duration.ofMillis(300))) {
      assertThat(pool.submit(() -> 1).exception(Clusters.LONG)).isInstanceOf(NoMemberException.class)
          .hasMessageContaining("start a node");
    }
  }

  @Test
  void labels_areShownShortAndHarmless() {
    SealedMember _ = liar(description(1, List.of(HOSTILE.repeat(1_000))));
    try (ClusterExecutor pool = driver(Clusters.LONG)) {
      assertThatThrownBy(() -> pool.on(Placement.anywhere().withLabels("other"))).isInstanceOf(NoMemberException.class)
          .satisfies(LyingMembersTest::isBearable).hasMessageContaining("with labels [gpu\\x1b");
    }
  }

  @Test
  void tooManyLabels_areNoDescription() {
    SealedMember _ = liar(description(1, IntStream.range(0, 100_000).mapToObj(i -> "l" + i).toList()));
    assertThatThrownBy(() -> driver(Duration.ofMillis(500))).isInstanceOf(NoMemberException.class)
        .hasMessageContaining("malformed").satisfies(LyingMembersTest::isBearable);
  }

  @Test
  void failures_areToldShortAndHarmless() {
    SealedMember _ = liar(request -> {
      if (request instanceof Request.Run) {
        throw new IllegalStateException(HOSTILE.repeat(LONG));
      }
      return answerOf(request);
    });
    try (ClusterExecutor pool = driver(Clusters.LONG)) {
      Throwable failure = Objects.requireNonNull(pool.submit(() -> 1).exception(Clusters.LONG));
      assertThat(failure).isInstanceOf(ClusterException.class).hasMessageContaining("gpu\\x1b]0;PWNED");
      assertThat(String.valueOf(failure.getMessage())).hasSizeLessThan(10_000).doesNotContain("\u001b");
    }
  }

  /** A driver answers what members may ask, and no more. */
  @Test
  void requestsOfAMember_makeADriverRunNothing() {
    SealedMember liar = liar(LyingMembersTest::answerOf);
    try (ClusterNode _ = cluster.node(1); ClusterExecutor pool = driver(Clusters.LONG)) {
      UUID driver = liar.peers().stream()
          .filter(each -> !Objects.requireNonNull(cluster.network.members.get(each.id())).worker).findFirst()
          .orElseThrow().id();
      for (Request each : List.of(
          new Request.Run(1, 1, 1, "theirs", List.of(), 0, new byte[]{1, 2, 3}),
          new Request.Open(1, 1, 1, "", List.of(), 0, new byte[0]), new Request.Leave(1, 1), new Request.Stats(),
          new Request.Interrupt(1, 1, 1), new Request.Drop(1))) {
        assertThat(liar.call(driver, ClusterEngine.Lane.TASK, each.toBytes())).failsWithin(Clusters.LONG)
            .withThrowableThat().withMessageContaining("a driver runs no tasks");
      }
      CallOutcome value = CallOutcome
          .read(liar.call(driver, ClusterEngine.Lane.CONTROL, new Request.Fetch(7).toBytes()).join());
      CallOutcome type = CallOutcome
          .read(
              liar.call(driver, ClusterEngine.Lane.CONTROL, new Request.ClassOf("java/lang/Object.class").toBytes()).join());
      assertThat(List.of(value.success(), type.success())).containsExactly(false, false);

      liar.call(driver, ClusterEngine.Lane.CONTROL, new Request.Draining().toBytes()).join(); // so it gets no more tasks
      assertThat(pool.map(i -> i + 1, List.of(1, 2, 3)).toList()).containsExactly(2, 3, 4);
    }
  }

  @Test
  void manyMembersThatComeAndGo_leaveTheDriverAsItWas() {
    try (ClusterNode _ = cluster.node(1); ClusterExecutor pool = driver(Clusters.LONG)) {
      for (int i = 0; i < 300; i++) {
        liar(description(0, List.of())).close();
      }
      assertThat(pool.map(i -> i + 1, List.of(1, 2, 3)).toList()).containsExactly(2, 3, 4);
      while (pool.members().size() != 1) {
        Thread.onSpinWait();
      }
    }
  }
}
