package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.Countries;
import dev.heddle.flags.ServerProfile;
import dev.heddle.futures.ThreadPool;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about coroutines on the event loop. */
@Timeout(60)
final class AsyncRecipesTest {
  private static final ServerProfile LOCAL = ServerProfile.of(ServerProfile.Label.LOCAL);
  private static final ServerProfile DELAY = new ServerProfile(ServerProfile.Label.DELAY, Duration.ofMillis(1),
      Duration.ofMillis(30), 0,
      ServerProfile.DEFAULT_SEED);
  private static final List<String> SIX = Countries.POP20.stream().sorted().toList().subList(0, 6);

  @Test
  void b31_blockingCalls_comeInTheOrderOfTheRequests() throws Exception {
    Output out = Output.of(new B31BlockingInCoroutines(DELAY));

    assertThat(codes(out)).containsExactlyElementsOf(SIX);
    assertThat(out.lines().getLast()).matches("6 flags downloaded in \\d+\\.\\d\\ds");
  }

  @Test
  void b32_runInExecutor_downloadsTheSameSix() throws Exception {
    Output out = Output.of(new B32RunInExecutor(LOCAL));

    assertThat(codes(out)).containsExactlyInAnyOrderElementsOf(SIX);
    assertThat(out.lines().getLast()).matches("6 flags downloaded in \\d+\\.\\d\\ds");
  }

  @Test
  void b33_asCompleted_downloadsTheSameSix() throws Exception {
    assertThat(codes(Output.of(new B33AsCompletedCoroutines(LOCAL)))).containsExactlyInAnyOrderElementsOf(SIX);
  }

  @Test
  void b34_run_showsBothLags() throws Exception {
    assertThat(Output.of(new B34ResponsiveLoop(() -> ThreadPool.of(2), () -> Sums.upTo(1_000))).text())
        .containsPattern("Computing on the loop: +largest lag +\\d+\\.\\d ms")
        .containsPattern("Computing on a pool: +largest lag +\\d+\\.\\d ms");
  }

  @Test
  void b34_workOnAPool_theLoopRunsMeanwhile() {
    CountDownLatch four = new CountDownLatch(4); // passes only if the loop goes on to the next piece while the first is worked on

    new B34ResponsiveLoop(() -> ThreadPool.of(4), () -> {
      four.countDown();
      four.await();
      return 0;
    }).lagWithAPool();

    assertThat(four.getCount()).isZero();
  }

  @Test
  void b35_record_noTwoTasksRunAtOnce() {
    Timeline timeline = new B35QueueOfCoroutines(() -> Sums.upTo(100_000)).record();

    List<Span> inOrder = timeline.spans().stream().sorted(Comparator.comparingLong(Span::start)).toList();
    for (int i = 1; i < inOrder.size(); i++) {
      assertThat(inOrder.get(i).start()).isGreaterThanOrEqualTo(inOrder.get(i - 1).end());
    }
    assertThat(timeline.lanes()).containsOnlyKeys("main", "one", "two", "three");
    assertThat(timeline.spans().subList(1, 7)).extracting(Span::lane).containsExactly("one", "two", "three", "one", "two",
        "three");
  }

  @Test
  void b35_run_showsTheList_andTheText() throws Exception {
    String text = Output.of(new B35QueueOfCoroutines(() -> Sums.upTo(1_000))).text();

    assertThat(text).containsSubsequence("one   runs", "ready to run", "sleeping for 2 ms", "finished", "three |");
  }

  @Test
  void b36_threeModels_answerAllRequests() throws Exception {
    assertThat(Output.of(new B36WorkerModels(6, Duration.ofMillis(1))).lines())
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).containsPattern("\\d+ requests/s, latency: median +\\d+ ms, 99 % within +\\d+ ms"));
  }

  @Test
  void e51_async_downloadsTwenty() throws Exception {
    Output out = Output.of(new E51FlagsAsync(LOCAL));

    assertThat(codes(out)).containsExactlyInAnyOrderElementsOf(Countries.POP20);
    assertThat(out.lines().getLast()).matches("20 flags downloaded in \\d+\\.\\d\\ds");
  }

  private static List<String> codes(Output out) {
    return List.of(out.lines().getFirst().strip().split(" "));
  }
}
