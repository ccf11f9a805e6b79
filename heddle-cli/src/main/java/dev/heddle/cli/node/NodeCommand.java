package dev.heddle.cli.node;

import dev.heddle.cli.errors.FileErrors;
import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.InterruptOnSignal;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.ClusterNode;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.NodeOptions;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle node}: starts a worker of a cluster. */
@Command(name = "node", header = "Starts a node of a cluster, which runs the tasks of programs that use ClusterPool.", description = {
    "",
    "It prints where it listens, and runs until SIGINT or SIGTERM; then it takes no more tasks, finishes those it has for at most"
        + " eight seconds, and leaves. A program that has the secret can run code here: read docs/cluster.md before it listens at another"
        + " address than the loopback's."
}, optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:its input has ended (--end-with-input)",
    "1:it could not join the cluster",
    "2:the command line or the file of the secret is wrong",
    "130, 143:interrupted (Ctrl-C) or terminated"
}, footerHeading = "%nExamples:%n", footer = {
    "  (umask 077; head -c 32 /dev/urandom | base64 > secret)",
    "  heddle node --secret-file secret --listen 10.0.0.7:5701",
    "  heddle node --secret-file secret --listen 10.0.0.8:5701 --join 10.0.0.7:5701 --slots 8 --label gpu"
})
public final class NodeCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(8);
  private static final String MAKE_SECRET = "(umask 077; head -c 32 /dev/urandom | base64 > secret)";
  private static final Duration A_DAY = Duration.ofDays(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--join", split = ",", paramLabel = "HOST:PORT", description = "Members of the cluster to join; none for the first node.")
  private List<String> join = List.of();

  @Option(names = "--listen", paramLabel = "HOST[:PORT]", defaultValue = "127.0.0.1", description = "The address to listen at, which the other members must reach (default: ${DEFAULT-VALUE} and a free port).")
  private String listen = "127.0.0.1";

  @Option(names = "--slots", paramLabel = "N", description = "How many tasks run at once (default: the number of processors).")
  private @Nullable Integer slots;

  @Option(names = "--label", paramLabel = "WORD", description = "What this node offers tasks that ask for it, such as gpu; may be given several times.")
  private List<String> labels = List.of();

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "heddle", description = "The name of the cluster (default: ${DEFAULT-VALUE}).")
  private String name = "heddle";

  @Option(names = "--secret-file", paramLabel = "FILE", description = "The file of the cluster's secret, which no other user may read.")
  private @Nullable Path secretFile;

  @Option(names = "--insecure-loopback", description = "Run without a secret: every program of every user of this machine can run code here.")
  private boolean insecure;

  @Option(names = "--process-pool", description = "Run tasks in worker processes, so that one that ignores interrupts or crashes costs itself only.")
  private boolean processPool;

  @Option(names = "--hazelcast-config", paramLabel = "FILE", description = "A configuration of Hazelcast (YAML or XML), for discovery on Kubernetes, by DNS and the like.")
  private @Nullable Path hazelcast;

  @Option(names = "--end-with-input", hidden = true, description = "End when standard input ends; for programs that start nodes.")
  private boolean endWithInput;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws InterruptedException, IOException {
    NodeOptions options;
    try {
      options = options();
    } catch (IllegalArgumentException e) {
      throw OptionCheck.wrong(spec, String.valueOf(e.getMessage()));
    }
    if (!processPool) {
      return run(options);
    }
    try (ProcessExecutor workers = ProcessPool.of(options.slots())) {
      return run(options.withRunner(workers));
    }
  }

  private NodeOptions options() {
    ClusterOptions cluster = ClusterOptions.of(secret()).withName(name).withMembers(join.toArray(String[]::new));
    int colon = listen.lastIndexOf(':');
    if (colon > 0 && !listen.endsWith("]")) {
      cluster = cluster.withHost(listen.substring(0, colon)).withPort(port(listen.substring(colon + 1)));
    } else {
      cluster = cluster.withHost(listen);
    }
    cluster = hazelcast == null ? cluster : cluster.withHazelcast(hazelcast);
    NodeOptions options = NodeOptions.of(cluster).withLabels(labels.toArray(String[]::new));
    return slots == null ? options : options.withSlots(slots);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--listen must be HOST or HOST:PORT, but its port was '" + text + "'; as 10.0.0.7:5701", e);
    }
  }

  private ClusterSecret secret() {
    Path file = secretFile;
    if (file == null ? !insecure : insecure) {
      throw OptionCheck.wrong(
          spec,
          "give either --secret-file FILE or, for experiments on this machine alone, --insecure-loopback; a secret is made by: "
              + MAKE_SECRET);
    }
    try {
      return file == null ? ClusterSecret.insecureLoopback() : ClusterSecret.ofFile(file);
    } catch (NoSuchFileException e) {
      throw OptionCheck.wrong(
          spec, "--secret-file: there is no file '" + file + "'; copy that of the cluster, or make one: " + MAKE_SECRET);
    } catch (IOException e) {
      throw OptionCheck.wrong(spec, "--secret-file: " + FileErrors.describe(e));
    }
  }

  private int run(NodeOptions options) throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    ClusterNode node;
    try {
      node = ClusterNode.start(options);
    } catch (ClusterException e) {
      spec.commandLine().getErr().println("heddle node: " + e.getMessage());
      return 1;
    }
    try (node; InterruptOnSignal signal = InterruptOnSignal.interruptsThisThread()) {
      out.println(
          "node at " + node.address() + " of cluster '" + options.cluster().name() + "' with " + options.slots() + " slots");
      out.flush();
      if (!join.isEmpty() && node.peers().isEmpty()) {
        spec.commandLine().getErr().println(
            "heddle node: no member answers at " + String.join(", ", join)
                + " yet; this node is alone, and tries again every ten seconds");
      }
      if (endWithInput) {
        await(System.in);
        return 0;
      }
      try {
        while (!signal.awaitSignal(A_DAY)) {
          // until it comes
        }
      } catch (InterruptedException e) {
        // the signal itself
      }
      boolean _ = Thread.interrupted(); // by the signal; it is not to end the draining
      boolean done = node.drain(DRAIN);
      out.println(
          "node at " + node.address() + " leaves" + (done ? "" : "; tasks that still ran are lost for their drivers"));
      out.flush();
      return 0; // the exit code is that of the signal
    }
  }

  private static void await(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // only its end counts
    }
  }
}
