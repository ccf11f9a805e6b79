package dev.heddle.cli.cluster;

import dev.heddle.base.Cells;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.TempPlace;
import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.InterruptOnSignal;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.cluster.ClusterExecutor;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.ClusterPool;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskOptions;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle cluster-demo}: computes on three nodes, of which one is killed on the way. */
@Command(name = "cluster-demo", header = "Starts three nodes on this machine, computes on them, and kills one on the way.", description = {
    "",
    "Sums, a count of primes and a Monte Carlo estimate of pi, each cut into tasks for a ClusterPool. The tasks of the node that is"
        + " killed run again on the others. In the end it draws which node ran what when."
}, optionListHeading = "%n", footerHeading = "%nExamples:%n", footer = {
    "  heddle cluster-demo",
    "  heddle cluster-demo --timeline demo.svg         the timeline as a picture; .html and .json as well"
})
public final class ClusterDemoCommand implements Callable<Integer> {
  private static final int NODES = 3;
  private static final int SLOTS = 2;
  private static final int SUM_TASKS = 30;
  private static final long SUM_STEP = 10_000_000;
  private static final int PRIME_TASKS = 60;
  private static final int PRIME_STEP = 50_000;
  private static final int POINT_TASKS = 30;
  private static final int POINTS = 2_000_000;
  private static final int BAR = 30;
  private static final int LEAST_COLUMNS = 10;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--timeline", paramLabel = "FILE", description = "Save the timeline to this file: .svg, .html, .txt, or .json for Perfetto.")
  private @Nullable Path timeline;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (timeline != null) {
      OptionCheck.writable(spec, "--timeline", timeline);
    }
    try (InterruptOnSignal _ = InterruptOnSignal.interruptsThisThread()) { // a signal waits until all is cleaned up
      return withSecret();
    }
  }

  private int withSecret() throws IOException {
    Path folder = PrivateFiles.createTempFolder(TempPlace.folder(), "heddle-demo-");
    Path secret = folder.resolve("secret");
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      PrivateFiles.createFile(secret).close();
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Files.writeString(secret, HexFormat.of().formatHex(random));
      return run(secret, nodes);
    } finally {
      nodes.forEach(NodeProcess::close);
      Files.deleteIfExists(secret);
      Files.deleteIfExists(folder);
    }
  }

  private int run(Path secret, List<NodeProcess> nodes) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String cluster = "demo-" + ProcessHandle.current().pid();
    for (int i = 0; i < NODES; i++) {
      NodeProcess node = NodeProcess.start(secret, cluster, SLOTS, nodes.isEmpty() ? "" : nodes.getFirst().address());
      nodes.add(node);
      out.println(
          "node " + (i + 1) + " at " + node.address() + ", process " + node.process().pid() + ", " + SLOTS + " slots");
    }
    TimelineRecorder recorder = new TimelineRecorder();
    ClusterOptions options = ClusterOptions.of(ClusterSecret.ofFile(secret)).withName(cluster)
        .withMembers(nodes.stream().map(NodeProcess::address).toArray(String[]::new));
    try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(options).withTimeline(recorder))) {
      long sum = compute("sums", pool, SUM_TASKS, i -> () -> DemoTasks.sum(i * SUM_STEP, (i + 1) * SUM_STEP), () -> {});
      long primes = compute("primes", pool, PRIME_TASKS, i -> () -> DemoTasks.primes(i * PRIME_STEP, (i + 1) * PRIME_STEP),
          () -> {
            out.println(Terminal.canAnimate() ? "\rnode 2 is killed" + " ".repeat(BAR) : "node 2 is killed");
            nodes.get(1).kill();
          });
      long hits = compute("pi", pool, POINT_TASKS, i -> () -> DemoTasks.hits(i, POINTS), () -> {});
      out.println("the sum of the numbers below " + SUM_TASKS * SUM_STEP + " is " + sum);
      out.println("there are " + primes + " primes below " + PRIME_TASKS * PRIME_STEP);
      out.printf(Locale.ROOT, "pi is about %.4f%n", 4.0 * hits / ((double) POINT_TASKS * POINTS));
    }
    out.println();
    out.println(text(recorder.timeline(), Terminal.size().columns()));
    if (timeline != null) {
      recorder.timeline().save(timeline);
      out.println("the timeline is in " + timeline);
    }
    return 0;
  }

  /** The diagram with the names of its lanes, no wider than the terminal. */
  private static String text(Timeline timeline, int columns) {
    int widest = timeline.toText(columns).lines().mapToInt(Cells::width).max().orElse(columns);
    return timeline.toText(Math.max(LEAST_COLUMNS, columns - (widest - columns)));
  }

  /** Runs tasks and adds their results; half-way, something happens. */
  private long compute(
      String name, ClusterExecutor pool, int tasks, IntFunction<TaskCallable<Long>> task, Runnable halfWay) {
    TaskOptions options = TaskOptions.named(name).withRetry(Retry.times(5).withDelay(Duration.ofMillis(50)));
    List<Future<Long>> all = IntStream.range(0, tasks).mapToObj(i -> pool.submit(options, task.apply(i))).toList();
    int done = 0;
    for (Future<Long> _ : Futures.asCompleted(all)) {
      done++;
      if (done == tasks / 2) {
        halfWay.run();
      }
      show(name, done, tasks);
    }
    return all.stream().mapToLong(Future::result).sum();
  }

  private void show(String name, int done, int tasks) {
    PrintWriter out = spec.commandLine().getOut();
    if (Terminal.canAnimate()) {
      int filled = BAR * done / tasks;
      out.print("\r" + name + " ".repeat(Math.max(1, 8 - name.length())) + "[" + "#".repeat(filled)
          + " ".repeat(BAR - filled) + "] "
          + done + "/" + tasks + (done == tasks ? "\n" : ""));
    } else if (done == tasks || done == tasks / 2) {
      out.println(name + ": " + done + " of " + tasks + " tasks are done");
    }
    out.flush();
  }
}
