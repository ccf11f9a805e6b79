package dev.heddle.process.pool;

import dev.heddle.base.ModuleLog;
import dev.heddle.codec.DecodeLimits;
import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.dispatch.ChannelFactory;
import dev.heddle.dispatch.DispatchOptions;
import dev.heddle.dispatch.Dispatcher;
import dev.heddle.dispatch.ExitReason;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.dispatch.WorkerInfo;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.Restarts;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.process.WorkerStartException;
import dev.heddle.process.WorkerStats;
import dev.heddle.process.channel.ChannelSetup;
import dev.heddle.process.channel.ForwardedOutput;
import dev.heddle.process.channel.ProcessChannel;
import dev.heddle.process.errors.ProcessErrors;
import dev.heddle.process.launch.AotCache;
import dev.heddle.process.launch.AotTraining;
import dev.heddle.process.launch.Launcher;
import dev.heddle.process.launch.Nesting;
import dev.heddle.process.launch.ProcessEnd;
import dev.heddle.process.launch.RawOutput;
import dev.heddle.process.launch.Tail;
import dev.heddle.process.launch.WorkerHome;
import dev.heddle.process.launch.WorkerTimeouts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The parts of a process pool, put together: a dispatcher whose workers are processes. Thread-safe. */
public final class PoolAssembly implements ChannelFactory {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final AtomicLong POOLS = new AtomicLong();

  private final String name;
  private final WorkerHome home;
  private final Launcher launcher;
  private final ChannelSetup setup;
  private final @Nullable Thread training;
  private final Dispatcher dispatcher;

  @SuppressWarnings("this-escape") // the dispatcher calls back only once it is open
  private PoolAssembly(int workers, ProcessOptions options, WorkerTimeouts timeouts, WorkerHome home) {
    String given = options.pool().name();
    this.name = given != null ? given : "processes-" + POOLS.incrementAndGet();
    this.home = home;
    SharedArrays arrays = SharedArrays.ofParent(home.folder());
    TaskEncoder encoder = new TaskEncoder(DecodeLimits.DEFAULT.withAllowed(options.allowedResults()), arrays,
        new ProcessErrors());
    TaskRunnable first = options.pool().initializer();
    EncodedTask initializer = first == null ? null : encoder.encode(first);
    this.launcher = new Launcher(options.jvm(), home, encoder.nameOf(Thread.currentThread().getContextClassLoader()));
    AotCache cache = launcher.cache();
    this.setup = new ChannelSetup(
        name, options, timeouts, launcher, home, initializer, encoder.classes(), encoder.failures());
    this.dispatcher = new Dispatcher(
        dispatchOptions(name, workers, options, timeouts), new ProcessCodec(encoder, arrays, options.maxMessage()), this);
    this.training = cache == null ? null : new AotTraining(cache, launcher).startAfter(AotTraining.DELAY);
  }

  private static DispatchOptions dispatchOptions(
      String name, int workers, ProcessOptions options, WorkerTimeouts timeouts) {
    // A listener may take its time, which must not be that of a thread that happens to wait for a task.
    boolean lends = options.pool().listener() == null && options.output() instanceof ForwardedOutput;
    return new DispatchOptions(
        name, workers, options.spares(), options.maxTasksPerWorker(), options.idleTimeout(), options.maxRss(),
        timeouts.toClaim(), options.startLimit().failures(), options.startLimit().duration(), lends, options.timeline());
  }

  /** Puts a pool together and starts its spare workers. */
  public static PoolAssembly assemble(int workers, ProcessOptions options) {
    return assemble(workers, options, WorkerTimeouts.DEFAULT);
  }

  /** Puts a pool together with other time limits. */
  public static PoolAssembly assemble(int workers, ProcessOptions options, WorkerTimeouts timeouts) {
    Nesting.check();
    WorkerHome home = WorkerHome.make();
    try {
      PoolAssembly parts = new PoolAssembly(workers, options, timeouts, home);
      parts.dispatcher.open();
      return parts;
    } catch (Throwable e) {
      home.close();
      throw e;
    }
  }

  // ---- for the dispatcher ----

  @Override
  public WorkerChannel open(int number, WorkerChannel.Listener listener) throws IOException {
    return new ProcessChannel(number, setup, listener);
  }

  @Override
  public String kind() {
    return "processes";
  }

  @Override
  public Throwable cannotStart(Throwable cause) {
    return new WorkerStartException("no worker can be started: " + cause, cause);
  }

  @Override
  public void hasWorked() {
    LOG.load();
    List<Class<?>> _ = List.of(WorkerStartException.class, WorkerCrashedException.class, ProcessEnd.class, Tail.class,
        RawOutput.class);
    if (setup.options().spares() > 0) {
      warmUp();
    }
  }

  /** Does here what the first task does, while a spare worker waits for it and nothing else is to be done. */
  private static void warmUp() {
    try {
      TaskEncoder encoder = new TaskEncoder(new ProcessErrors());
      TaskEncoder.warmUp();
      int number = 1;
      EncodedTask _ = encoder.encode((TaskCallable<Integer>) () -> number);
      Object _ = encoder.values().from(1).decode(encoder.values().encode(number));
    } catch (IOException | RuntimeException e) {
      LOG.ignored("the warm-up of the codec", e); // the first task takes longer then, or fails in the same way and tells it
    }
  }

  @Override
  public void startFailed(int inARow, Throwable failure) {
    TaskListener listener = setup.options().pool().listener();
    if (listener != null) {
      try {
        listener.startFailed(name, inARow, failure);
      } catch (Throwable e) {
        LOG.ignored("the listener of executor '" + name + "'", e);
      }
    }
  }

  /** Notes that a worker ended before it connected; the AOT cache that it was started from may be the reason. */
  @Override
  public void endedUnconnected(WorkerChannel worker) {
    AotCache cache = launcher.cache();
    if (cache != null && ((ProcessChannel) worker).process().wasStarted()) { // otherwise the system is the cause
      cache.distrust();
    }
  }

  @Override
  public void close() {
    if (training != null) {
      training.interrupt();
    }
    home.close();
  }

  // ---- for the executor ----

  String name() {
    return name;
  }

  /** Returns the engine of the pool. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /** Returns the numbers of workers that have ended so far, by reason. */
  public Restarts restarts() {
    Map<ExitReason, Long> exits = dispatcher.exits();
    return new Restarts(
        count(exits, ExitReason.CRASHED), count(exits, ExitReason.UNREADY), count(exits, ExitReason.STOPPED),
        count(exits, ExitReason.UNFIT), count(exits, ExitReason.RETIRED), count(exits, ExitReason.IDLE));
  }

  private static long count(Map<ExitReason, Long> exits, ExitReason reason) {
    return Objects.requireNonNull(exits.get(reason));
  }

  /** Asks the system about each worker's memory, so no lock is held. */
  List<WorkerStats> workers() {
    return dispatcher.snapshot().stream().map(PoolAssembly::stats).toList();
  }

  private static WorkerStats stats(WorkerInfo worker) {
    ProcessChannel channel = (ProcessChannel) worker.channel(); // made by open
    return new WorkerStats(
        channel.number(), channel.pid(), state(worker.activity()), worker.finished(), channel.rss(), worker.started());
  }

  private static WorkerStats.State state(WorkerInfo.Activity activity) {
    return switch (activity) {
      case STARTING -> WorkerStats.State.STARTING;
      case IDLE -> WorkerStats.State.IDLE;
      case BUSY -> WorkerStats.State.BUSY;
      case SPARE -> WorkerStats.State.SPARE;
      case ENDING -> WorkerStats.State.ENDING;
    };
  }
}
