package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures and maps whose outcome is never read are logged. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreadTest {
  private List<String> logged() {
    return RecordingLoggerFinder.warnings()
        .stream()
        .filter(each -> each.logger().equals("dev.heddle.futures.unread"))
        .map(RecordingLoggerFinder.Warning::text)
        .toList();
  }

  private void awaitLogged(String task) {
    while (logged().stream().noneMatch(text -> text.contains("'" + task + "'"))) {
      System.gc();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void fail() throws IOException {
    throw new IOException("bad");
  }

  @Test
  void failedFuture_neverRead_isLoggedOnceUnreachable() {
    try (Executor pool = ThreadPool.of(1)) {
      pool.submit(TaskOptions.named("forgotten"), UnreadTest::fail);
      awaitLogged("forgotten");
      assertThat(logged()).anyMatch(text -> text.contains("bad") && text.contains("exception()"));
    }
  }

  @Test
  void failedFuture_whoseStateIsAskedFor_isLoggedAllTheSame() {
    try (Executor pool = ThreadPool.of(1)) {
      Future<?> failed = pool.submit(TaskOptions.named("only looked at"), UnreadTest::fail);
      Futures.wait(List.of(failed));
      assertThat(failed.state()).isEqualTo(java.util.concurrent.Future.State.FAILED);
      try (ProgressMeter meter = ProgressMeter.start(ProgressOptions.named("counted"))) {
        meter.watch(List.of(failed));
        assertThat(meter.now().failed()).isEqualTo(1);
      }
      failed = null;
      awaitLogged("only looked at");
    }
  }

  @Test
  void failedFuture_read_isNotLogged() {
    try (Executor pool = ThreadPool.of(1)) {
      assertThat(pool.submit(TaskOptions.named("read"), UnreadTest::fail).exception()).isNotNull();
      Future<?> late = pool.submit(TaskOptions.named("called back late"), UnreadTest::fail);
      Futures.wait(List.of(late));
      late.addDoneCallback(done -> {});
      late = null;
      CountDownLatch submitted = new CountDownLatch(1);
      pool.submit(TaskOptions.named("called back"), () -> {
        submitted.await();
        fail();
      }).addDoneCallback(done -> {});
      submitted.countDown();
      pool.map(n -> {
        fail();
        return n;
      }, List.of(1, 2, 3)).close();
      pool.submit(TaskOptions.named("last"), UnreadTest::fail);
      awaitLogged("last"); // unreachable later than the others
      assertThat(logged()).noneMatch(text -> text.contains("read'") || text.contains("called back"));
    }
  }

  @Test
  void map_neverReadWithInputsLeft_isReportedWhenTheExecutorCloses() {
    for (boolean ordered : new boolean[]{true, false}) {
      String name = "statement, ordered " + ordered;
      try (Executor pool = ThreadPool.of(2, PoolOptions.named(name))) {
        List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();
        if (ordered) {
          pool.map(n -> n, inputs);
        } else {
          pool.mapUnordered(n -> n, inputs);
        }
      }
      assertThat(logged())
          .filteredOn(text -> text.contains("executor '" + name + "'"))
          .singleElement()
          .asString()
          .contains("never read", "toList()");
    }
  }

  @Test
  void map_readOrClosedOrSubmittedWhole_isNotReported() {
    try (Executor pool = ThreadPool.of(2, PoolOptions.named("quiet"))) {
      List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();
      assertThat(pool.map(n -> n, inputs).toList()).hasSize(1_000);
      pool.map(n -> n, inputs).close();
      for (int n : pool.map(each -> each, inputs)) {
        if (n == 3) {
          break;
        }
      }
      pool.map(n -> n, List.of(1));
    }
    assertThat(logged()).noneMatch(text -> text.contains("quiet"));
  }
}
