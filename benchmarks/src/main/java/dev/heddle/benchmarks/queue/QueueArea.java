package dev.heddle.benchmarks.queue;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.cookbook.CPython;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Queues and pipelines beside those of java.util.concurrent, Jox, Reactor and CPython. */
public final class QueueArea implements Area {
  private static final String AREA = "queue";

  private static final String IN_PYTHON = """
      import queue, threading, time
      items = 100_000
      q = queue.Queue(64)
      def take():
          for _ in range(items):
              q.get()
      taker = threading.Thread(target=take)
      start = time.perf_counter()
      taker.start()
      for i in range(items):
          q.put(i)
      taker.join()
      print((time.perf_counter() - start) / items)
      """;

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    Pairs pairs = new Pairs(out, AREA, Pairs.Effort.THOROUGH);
    List<Figure> rows = new ArrayList<>();
    Figure threads = pairs.time("queue of 64, two threads", HandOver.class, "threads", "threadsPeer",
        "ArrayBlockingQueue");
    rows.add(threads);
    rows.add(
        pairs.time("queue of 64, two virtual threads", HandOver.class, "virtual", "virtualPeer", "ArrayBlockingQueue"));
    out.println(AREA + ": queue of 64 in CPython");
    double python = CPython.seconds(IN_PYTHON).orElse(Double.NaN) * 1e9;
    rows.add(Figure.of(AREA, "queue of 64, two threads", threads.heddle(), python, "CPython queue.Queue", "ns"));
    rows.add(pairs.alone("pipeline, an item and stage, 1 worker", PipelineOverhead.class, "oneWorkerEach"));
    rows.add(pairs.alone("pipeline, an item and stage, 4 workers", PipelineOverhead.class, "fourWorkersEach"));
    rows.addAll(pipelines(new Pairs(out, AREA, Pairs.Effort.BRIEF)));
    return rows;
  }

  private static List<Figure> pipelines(Pairs pairs) throws Exception {
    List<Figure> rows = new ArrayList<>();
    for (String[] peer : new String[][]{{"ByHand", "ArrayBlockingQueue by hand"}, {"Jox", "Jox channels"}}) {
      rows.add(
          pairs.time("pipeline of 3, threads, 1 worker", PipelineBeside.class, "threads", "threads" + peer[0], peer[1]));
      rows.add(
          pairs.time("pipeline of 3, virtual, 1 worker", PipelineBeside.class, "virtual", "virtual" + peer[0], peer[1]));
      rows.add(pairs.time("pipeline of 3, virtual, 4 workers, unordered", PipelineBeside.class, "fourUnordered",
          "four" + peer[0], peer[1]));
    }
    rows.add(pairs.time("pipeline of 3, threads, 1 worker", PipelineBeside.class, "threads", "threadsReactor",
        "Reactor publishOn"));
    rows.add(pairs.time("pipeline of 3, virtual, 4 workers, ordered", PipelineBeside.class, "fourOrdered", "fourUnordered",
        "unordered"));
    rows.add(pairs.time("pipeline of 3, virtual, 4 workers, ordered", PipelineBeside.class, "fourOrdered", "virtual",
        "1 worker"));
    return rows;
  }
}
