package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.Build;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Description;
import dev.heddle.cluster.wire.Request;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that know the secret and answer wrongly, late, or not at all: they cost their own tasks at the most, and nothing waits for ever. */
@Timeout(120)
class HostileMembersTest {
  private static final byte[] GARBAGE = {7, 7, 7};
  private static final byte[] USUAL = {}; // in place of a good answer

  private final Clusters cluster = new Clusters();
  private final ClusterOptions options = cluster.options.withHeartbeat(Duration.ofSeconds(2));
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    cluster.close();
  }

  /** A member with two slots that answers requests as it is told. */
  private SealedMember liar(int maxMessage, Function<Request, byte[]> answers) {
    return SealedMember.open(options.engine(), options.withMaxMessage(maxMessage).setup(true, 256), options.secret(),
        new SealedMember.Service() {
          @Override
          public byte[] answer(UUID from, byte[] message) {
            Request request = Request.read(message);
            byte[] answer = answers.apply(request);
            if (answer.length > 0) {
              return answer;
            }
            return request instanceof Request.Describe
                ? description(Build.heddle())
                : new CallOutcome(true, 0, new byte[0]).toBytes();
          }

          @Override
          public void joined(ClusterEngine.Peer peer) {}

          @Override
          public void left(ClusterEngine.Peer peer) {}
        });
  }

  private SealedMember liar(Function<Request, byte[]> answers) {
    return liar(options.maxMessage(), answers);
  }

  private static byte[] description(String build) {
    return new Description(true, 2, List.of(), false, build, "", 1).toBytes();
  }

  private byte[] awaitTheEnd() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return GARBAGE;
  }

  private ClusterExecutor driver() {
    return ClusterPool.connect(DriverOptions.of(options).withPatience(Duration.ofSeconds(20)));
  }

  private static void awaitMembers(ClusterExecutor pool, int count) {
    while (pool.members().size() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void otherBuild_isRefusedAtOnce_whateverElseItSays() {
    SealedMember other = liar(request -> request instanceof Request.Describe ? description("another") : USUAL);
    assertThatThrownBy(this::driver).isInstanceOf(NoMemberException.class)
        .hasMessageContaining("runs another version of Heddle; run the same on all");
    other.close();
    byte[] form = new byte[40]; // of another version, whose descriptions have another form
    form[4] = 3;
    SealedMember next = liar(request -> request instanceof Request.Describe ? form : USUAL);
    assertThatThrownBy(this::driver).hasMessageContaining("runs another version of Heddle");
    try (ClusterNode _ = cluster.node(1); ClusterExecutor pool = driver()) {
      assertThat(pool.map(i -> i + 1, List.of(1, 2, 3)).toList()).containsExactly(2, 3, 4);
      assertThat(pool.members()).hasSize(1);
    }
    next.close();
  }

  @Test
  void memberThatDoesNotSayWhatItIs_isNamed_andIsUsedOnceItDoes() {
    AtomicInteger asked = new AtomicInteger();
    SealedMember _ = liar(
        request -> request instanceof Request.Describe && asked.incrementAndGet() < 3 ? GARBAGE : USUAL);
    DriverOptions brief = DriverOptions.of(options).withPatience(Duration.ofMillis(500));
    assertThatThrownBy(() -> ClusterPool.connect(brief)).isInstanceOf(NoMemberException.class)
        .hasMessageContaining("malformed");
    try (ClusterExecutor pool = driver()) {
      assertThat(asked).hasValueGreaterThanOrEqualTo(3);
      assertThat(pool.members()).hasSize(1);
    }
  }

  @Test
  void memberThatAnswersNothing_isNamedAfterTheHeartbeat() {
    SealedMember _ = liar(request -> request instanceof Request.Describe ? awaitTheEnd() : USUAL);
    DriverOptions brief = DriverOptions.of(options).withPatience(Duration.ofSeconds(3));
    assertThatThrownBy(() -> ClusterPool.connect(brief)).isInstanceOf(NoMemberException.class)
        .hasMessageContaining("it did not say what it is within 2 s");
  }

  @Test
  void garbageForAResult_failsItsTaskAlone() {
    SealedMember liar = liar(request -> request instanceof Request.Run ? GARBAGE : USUAL);
    try (ClusterExecutor pool = driver()) {
      assertThat(pool.submit(() -> 1).exception(Clusters.LONG)).isInstanceOf(ClusterException.class)
          .hasMessageContaining("malformed").hasMessageContaining("same version");
      ClusterNode _ = cluster.node(1);
      awaitMembers(pool, 2);
      liar.close();
      awaitMembers(pool, 1);
      assertThat(pool.submit(() -> 2).result(Clusters.LONG)).isEqualTo(2);
    }
  }

  @Test
  void resultThatIsTooLarge_isAnErrorWithTheLimit() {
    SealedMember _ = liar(options.maxMessage() * 2, request -> request instanceof Request.Run
        ? new CallOutcome(true, 0, new byte[options.maxMessage() + 100_000]).toBytes()
        : USUAL);
    try (ClusterExecutor pool = driver()) {
      assertThat(pool.submit(() -> 1).exception(Clusters.LONG)).isInstanceOf(MemoryLimitException.class)
          .hasMessageContaining("maxMessage of " + options.maxMessage());
    }
  }

  @Test
  void resultThatIsNoResult_failsItsTaskAlone() {
    SealedMember _ = liar(
        request -> request instanceof Request.Run ? new CallOutcome(true, -5, new byte[]{99, 1, 2}).toBytes() : USUAL);
    try (ClusterExecutor pool = driver()) {
      List<Future<Integer>> all = IntStream.range(0, 20).mapToObj(i -> pool.submit(() -> i)).toList();
      assertThat(all).allSatisfy(each -> assertThat(each.exception(Clusters.LONG)).isNotNull());
    }
  }

  /** Its seats are never ready, or are refused: the tasks go to the other member. */
  @Test
  void memberThatDoesNotPrepare_keepsNoTaskWaiting() {
    for (boolean answers : new boolean[]{true, false}) {
      SealedMember liar = liar(request -> {
        if (!(request instanceof Request.Open)) {
          return USUAL;
        }
        if (answers) {
          throw new IllegalStateException("not today");
        }
        return awaitTheEnd();
      });
      ClusterNode node = cluster.node(1);
      try (ClusterExecutor pool = driver()) {
        awaitMembers(pool, 2);
        List<Future<Integer>> all = IntStream.range(0, 20).mapToObj(i -> pool.submit(() -> i)).toList();
        assertThat(all.stream().map(each -> each.result(Clusters.LONG)).toList())
            .isEqualTo(IntStream.range(0, 20).boxed().toList());
      }
      node.close();
      liar.close();
    }
  }

  @Test
  void slowMember_costsATaskItsTimeout() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    SealedMember _ = liar(request -> {
      if (request instanceof Request.Interrupt) {
        interrupted.countDown();
      }
      return request instanceof Request.Run ? awaitTheEnd() : USUAL;
    });
    try (ClusterExecutor pool = driver()) {
      try {
        Future<Integer> slow = pool.submit(TaskOptions.defaults().withTimeout(Duration.ofMillis(200)), () -> 1);
        assertThat(slow.exception(Clusters.LONG)).isInstanceOf(TaskTimeoutException.class);
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        never.countDown();
      }
    }
  }
}
