package consumer;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Coroutine;
import dev.heddle.iter.Generator;
import dev.heddle.iter.GeneratorBody;
import dev.heddle.iter.Itertools;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.queue.ClosableQueue;
import dev.heddle.queue.Pipeline;
import dev.heddle.subprocess.Subprocess;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Each part of Heddle, used a little; the output is the same however the program is delivered. */
public final class Features {
  private static final List<String> LINES = new ArrayList<>();

  private Features() {}

  /** Returns a line for each part. */
  public static List<String> lines() throws Exception {
    LINES.clear();
    iterators();
    futures();
    processes();
    LINES.add("asyncio     " + EventLoop.run(a -> a.await(Asyncio.gather(page("a"), page("b")))));
    queues();
    LINES.add("subprocess  " + Subprocess.run("echo", "hello from a child").orThrow().stdout().strip());
    LINES.add("timeline    " + Timeline.of(List.of(new Span("lane", "work", 0, 1_000_000))).lanes().keySet());
    return List.copyOf(LINES);
  }

  private static void iterators() {
    GeneratorBody<Integer> squares = y -> {
      for (int i = 1; i <= 3; i++) {
        y.yield(i * i);
      }
    };
    LINES.add("engine      " + Generator.engineOf(squares).kind());
    LINES.add("generator   " + Generator.of(squares).toList());
    Coroutine<Integer, Integer, String> coroutine = Coroutine.of(y -> "was sent " + y.yield(1));
    coroutine.next();
    try {
      coroutine.send(2);
    } catch (RuntimeException ended) {
      LINES.add("coroutine   " + coroutine.result());
    }
    LINES.add("itertools   " + Itertools.pairwise(Itertools.islice(Itertools.count(1), 3)).toList());
  }

  private static void futures() {
    try (Executor pool = ThreadPool.of(2)) {
      LINES.add("threads     " + pool.map(n -> n * n, List.of(1, 2, 3)).toList());
      var second = new CompletableFuture<Future<Integer>>();
      Future<Integer> first = pool.submit(() -> second.join().result());
      second.complete(pool.submit(() -> first.result()));
      LINES.add("deadlock    " + (first.exception() instanceof DeadlockException && second.join().exception() != null));
    }
  }

  private static void processes() {
    try (Executor pool = ProcessPool.of(2)) {
      int captured = 10;
      LINES.add("processes   " + pool.map(n -> new Answer(n * captured), List.of(1, 2, 3)).toList());
      Future<Integer> exits = pool.submit(() -> {
        System.exit(3);
        return 1;
      });
      LINES.add("crash       " + (exits.exception() instanceof WorkerCrashedException crash ? crash.exitCode() : exits));
    }
  }

  private static Async<String> page(String name) {
    return Async.of(a -> {
      a.await(Asyncio.sleep(Duration.ofMillis(1)));
      return "page " + name;
    });
  }

  private static void queues() throws InterruptedException {
    var queue = ClosableQueue.<Integer>fifo(8);
    queue.put(1);
    queue.close();
    LINES.add("queue       " + queue.iterator().toList());
    var sums = new LinkedBlockingQueue<Integer>();
    var outcome = Pipeline.from(List.of(1, 2, 3)).stage("double", 1, n -> n * 2).to(sums::add).run().outcome();
    LINES.add("pipeline    " + sums + " " + outcome);
  }

  /** A result of a worker process. */
  public record Answer(int value) {}
}
