package dev.heddle.cookbook;

import dev.heddle.queue.ClosableQueue;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.PipelineReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Download, resize, upload: workers that end when their queue is closed; first by hand, then as a pipeline. */
final class C48StoppableWorkers extends Recipe {
  private static final int BUFFER = 16;

  private final int items;

  C48StoppableWorkers() {
    this(1_000);
  }

  C48StoppableWorkers(int items) {
    super(
        "A pipeline of workers that end",
        """
            When a queue is closed, its workers end after the remaining items; join waits until these are processed.
            The queues are bounded, so that no stage runs ahead. A Pipeline does all this, and reports its bottleneck.""");
    this.items = items;
  }

  private static Integer work(Integer item) {
    return item;
  }

  /** Takes from a queue until it is closed, and puts into the next one. */
  private static Thread worker(ClosableQueue<Integer> in, ClosableQueue<Integer> out) {
    return Thread.startVirtualThread(
        () -> in.forEach(
            item -> {
              try {
                out.put(work(item));
              } catch (InterruptedException e) {
                throw new IllegalStateException("the workers are never interrupted", e);
              }
            }));
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    byHand(out);
    asPipeline(out);
  }

  void byHand(PrintStream out) throws InterruptedException {
    ClosableQueue<Integer> downloads = ClosableQueue.fifo(BUFFER);
    ClosableQueue<Integer> resizes = ClosableQueue.fifo(BUFFER);
    ClosableQueue<Integer> uploads = ClosableQueue.fifo(BUFFER);
    ClosableQueue<Integer> done = ClosableQueue.fifo();
    List<Thread> workers = List.of(worker(downloads, resizes), worker(resizes, uploads), worker(uploads, done));
    int most = 0;
    for (int i = 0; i < items; i++) {
      downloads.put(i);
      most = Math.max(most, downloads.size() + resizes.size() + uploads.size());
    }
    for (ClosableQueue<Integer> queue : List.of(downloads, resizes, uploads)) {
      queue.close();
      queue.join();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    out.printf("%d items finished, %d workers left, at most %d of %d places taken%n",
        done.size(), workers.stream().filter(Thread::isAlive).count(), most, 3 * BUFFER);
  }

  void asPipeline(PrintStream out) {
    List<Integer> done = new ArrayList<>();
    AtomicInteger ahead = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Iterable<Integer> source = () -> IntStream.range(0, items)
        .peek(i -> most.accumulateAndGet(ahead.incrementAndGet(), Math::max)).iterator();
    PipelineReport report = Pipeline.from(source)
        .stage("download", 2, C48StoppableWorkers::work)
        .stage("resize", 2, C48StoppableWorkers::work)
        .stage("upload", 2, C48StoppableWorkers::work)
        .to(
            item -> {
              done.add(item);
              ahead.decrementAndGet();
            })
        .run();
    out.printf("%d items finished in order, at most %d under way at once%n", done.size(), most.get());
    out.println(report);
  }
}
