package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The programs of docs/queues.md are those that run here. */
@Bounded
final class QueuesGuideTest {
  private final AtomicInteger worked = new AtomicInteger();

  private void work(int item) {
    worked.addAndGet(item);
  }

  /** Stands for a shop that takes pictures. */
  private static final class Shop {
    static final AtomicInteger UPLOADED = new AtomicInteger();

    static byte[] download(int url) {
      return new byte[url];
    }

    static int resize(byte[] picture) {
      return picture.length / 2;
    }

    static void upload(int picture) {
      UPLOADED.addAndGet(picture);
    }
  }

  @Test
  void queue_ofTheGuide_worksOnEveryItem() throws Exception {
    // begin
    ClosableQueue<Integer> queue = ClosableQueue.fifo(64); // or lifo(64), priority(64, order); without a number: unbounded
    Thread worker = Thread.startVirtualThread(() -> queue.forEach(item -> work(item))); // until it is closed
    for (int i = 0; i < 1_000; i++) {
      queue.put(i); // waits while it is full
    }
    queue.close(); // the worker gets the remaining items, and then the end
    queue.join(); // until each item was processed
    // end
    worker.join();
    assertThat(worked).hasValue(499_500);
    assertThatTheGuideShows(0);
  }

  @Test
  void pipeline_ofTheGuide_uploadsEveryPicture() throws Exception {
    List<Integer> urls = IntStream.range(0, 100).boxed().toList();
    // begin
    PipelineReport report = Pipeline.from(urls)
        .stage("download", 8, Shop::download)
        .stage("resize", StageOptions.workers(2).onPlatformThreads(), Shop::resize)
        .to(Shop::upload)
        .run();
    System.out.println(report);
    // end
    assertThat(Shop.UPLOADED).hasValue(2 * IntStream.range(0, 50).sum());
    assertThat(report.toString()).contains("pipeline 'pipeline' completed after");
    assertThatTheGuideShows(1);
  }

  private static void assertThatTheGuideShows(int index) throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/heddle/queue/QueuesGuideTest.java"));
    String program = source.split("    // begin\n", -1)[index + 1].split("    // end\n", -1)[0];
    String guide = Files.readString(Path.of("../docs/queues.md"));
    assertThat(withoutLayout(guide)).contains(withoutLayout(program));
  }

  /** The guide lays its programs out for readers, the formatter for the source. */
  private static String withoutLayout(String text) {
    return text.replaceAll("\\s+", "");
  }
}
