package dev.heddle.process.channel;

import dev.heddle.base.ModuleLog;
import dev.heddle.dispatch.Payload;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.dispatch.WorkerEnd;
import dev.heddle.process.launch.Handshake;
import dev.heddle.process.launch.ProcessEnd;
import dev.heddle.process.launch.RawOutput;
import dev.heddle.process.launch.Rss;
import dev.heddle.process.launch.WorkerProcess;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Outbox;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of the connection to a worker process, over a socket.
 *
 * <p>A thread that sends a task writes it to the socket itself, which does not block; and a thread that waits for a result
 * reads the socket itself for some microseconds. A thread for each worker starts the process, reads when no other thread
 * does, writes what did not fit into the socket, and waits for the end of the process. Thread-safe.
 */
public final class ProcessChannel implements WorkerChannel {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final long LOOK_MILLIS = 100;
  private static final long CUT_MILLIS = 1_000;
  private static final long LEISURE_MILLIS = 20; // before a start that no task waits for: it would delay the first result by 2 ms
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250); // after a start that could not even be tried

  private final int number;
  private final ChannelSetup setup;
  private final Listener listener;
  private final Selector selector;
  private final Thread thread;
  private final ReadingTurns turns;
  private final WorkerProcess process;
  private final ChannelInput input;
  private final ChannelOutput output = new ChannelOutput(this::wakeUp);
  private final EndReport report;
  private long pauseMillis; // before the start; set before the thread is started
  private volatile @Nullable Outbox outbox; // mapped by the thread: the mapping of a file does not survive an interrupt
  private volatile @Nullable SocketChannel socket;

  /** Null if Flight Recorder was not running yet: the event's class would start it, which takes more than 100 ms. */
  private final @Nullable WorkerEvent event = FlightRecorder.isInitialized() ? WorkerEvent.start() : null;

  /** Creates a channel that has not been started. */
  @SuppressWarnings("this-escape") // the thread is started later
  public ProcessChannel(int number, ChannelSetup setup, Listener listener) throws IOException {
    this.number = number;
    this.setup = setup;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name(setup.name() + "-worker-" + number).daemon(false).unstarted(this::run);
    this.turns = new ReadingTurns(thread);
    this.process = new WorkerProcess(
        number, setup.launcher().starter(number), setup.launcher().sources(),
        setup.options().startTimeout(), setup.timeouts(),
        this::wakeThread);
    this.report = new EndReport(process);
    this.input = new ChannelInput(this, setup, listener, Handshake.greeting(process.token()));
    this.selector = Selector.open();
  }

  @Override
  public void start(boolean now) throws IOException {
    pauseMillis = now ? 0 : LEISURE_MILLIS;
    try {
      thread.start();
    } catch (Throwable e) { // no thread to be had
      selector.close();
      throw e;
    }
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  /** Returns the resident memory in bytes, or -1 if the system does not tell. */
  public long rss() {
    return process.wasStarted() ? Rss.of(process.pid()) : -1;
  }

  @Override
  public long ownMemory() {
    return process.wasStarted() ? Rss.ownOf(process.pid()) : -1;
  }

  // ---- the life of the thread ----

  private void run() {
    try {
      connect();
      serve();
    } catch (Throwable e) {
      process.noteCause(process.wasStarted() ? "its connection failed" : "it could not be started", e);
      if (!process.wasStarted() && !process.isLeaving()) {
        LockSupport.parkNanos(this, PAUSE_NANOS); // what is lacking now may be there then
      }
    } finally {
      awaitEnd();
    }
  }

  private Path file(String suffix) {
    return setup.home().file("w" + number + suffix);
  }

  /** Starts the process and accepts its connection. */
  private void connect() throws IOException {
    if (pauseMillis > 0) {
      selector.select(pauseMillis);
    }
    try {
      output.announceIn(Claims.create(file(".claims")));
      outbox = Outbox.create(file(".outbox"));
      SocketChannel come = process.call(setup.home().listen(number), selector);
      if (come != null) {
        socket = come;
        output.connect(come);
        output.prepare(setup.initializer());
        report.prepare();
      }
    } finally {
      Files.deleteIfExists(file(".sock"));
      Files.deleteIfExists(file(".claims")); // both sides have mapped them by now
      Files.deleteIfExists(file(".outbox"));
    }
  }

  /** Reads and writes until the connection ends, or the process has, or has to. */
  private void serve() throws IOException {
    SocketChannel connected = socket;
    if (connected == null) {
      return;
    }
    SelectionKey key = connected.register(selector, SelectionKey.OP_READ);
    long looked = System.nanoTime();
    long cut = looked; // its raw output to the size that is kept
    while (!input.isOver() && process.attend()) {
      input.runDeferred();
      if (output.hasFailed()) {
        process.kill("a message to it was cut short by lack of memory or stack here");
        return;
      }
      String problem = output.problem();
      if (problem != null) {
        process.kill(problem);
        return;
      }
      if (turns.isPolled()) {
        turns.standAside();
        if (System.nanoTime() - looked < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
          continue;
        }
        read(Share.ALL); // the polling threads may be busy with something else
      } else {
        key.interestOps(output.isStuck() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        selector.select(nextLook());
        selector.selectedKeys().clear();
        if (!turns.isPolled()) {
          read(Share.ALL);
        }
      }
      looked = System.nanoTime();
      listener.look(this);
      if (looked - cut > TimeUnit.MILLISECONDS.toNanos(CUT_MILLIS)) {
        cut = looked;
        RawOutput.keepBelow(setup.launcher().rawOutput(number));
      }
    }
  }

  private long nextLook() {
    if (process.isLeaving()) {
      return process.millisLeft();
    }
    long next = listener.nextLook(this);
    return input.isReady() ? next : Math.min(next, LOOK_MILLIS);
  }

  /** Waits for the end of the process and reports it, whatever goes wrong here: tasks depend on it. */
  private void awaitEnd() {
    WorkerEnd end = null;
    try {
      readTheRest(process.awaitEnd());
      end = process
          .end(input.isOrderly(), RawOutput.tail(setup.launcher().rawOutput(number)), setup.launcher().errorReport(pid()))
          .after(input.errors());
    } catch (Throwable e) { // out of memory, say
      end = report.unseen(e);
    } finally {
      try {
        close();
      } finally {
        report.tell(listener, this, end);
      }
    }
  }

  /** Reads what is left in the socket and, if the worker can no longer write there, what it had not sent yet. */
  private void readTheRest(boolean dead) {
    try {
      SocketChannel connected = socket;
      if (connected != null) {
        input.readAll(connected);
        Outbox its = outbox;
        if (dead && its != null) {
          input.readOn(its.unsent(input.received()));
        }
      }
    } finally { // results among it that were booked
      input.runDeferred();
    }
  }

  /**
   * Closes what there is, each thing whatever becomes of the others: a worker whose start has failed has only some of them.
   */
  private void close() {
    input.close();
    closeQuietly(() -> {
      SocketChannel connected = socket;
      if (connected != null && (output.hasFailed() || input.hasFailed())) {
        closeAside(connected);
      } else if (connected != null) {
        connected.close();
      }
    });
    closeQuietly(selector);
    process.close();
    closeQuietly(() -> Files.deleteIfExists(setup.launcher().rawOutput(number)));
    closeQuietly(() -> Files.deleteIfExists(file(".properties")));
    closeQuietly(() -> Files.deleteIfExists(file(".args"))); // not before: pools in the worker read from it what they take over
  }

  private void closeQuietly(Closeable each) {
    try {
      each.close();
    } catch (IOException | RuntimeException e) {
      LOG.detail("closing the connection of " + this + ": " + e); // the folder is emptied when the pool ends
    }
  }

  /**
   * Closes a socket whose reading or writing was cut short by a {@link StackOverflowError}: that may have left a lock of the
   * JDK's locked for ever, for which closing waits. The pool does not.
   */
  private static void closeAside(SocketChannel connected) {
    Thread.ofPlatform().name("heddle-close").daemon(true).start(() -> {
      try {
        connected.close();
      } catch (IOException e) {
        LOG.ignored("closing a socket", e);
      }
    });
  }

  // ---- reading ----

  @Override
  public void beginPolling() {
    turns.beginPolling();
  }

  @Override
  public void endPolling(boolean successful) {
    turns.endPolling(successful);
  }

  @Override
  public boolean hasConnected() {
    return socket != null;
  }

  @Override
  public void poll(Share share) {
    read(share);
  }

  private void read(Share share) {
    SocketChannel connected = socket;
    if (connected != null) {
      output.flushIfStuck();
      input.read(connected, share);
    }
  }

  @Override
  public void wakeUp() {
    selector.wakeup();
  }

  /** Makes the thread look again, wherever it waits. */
  void wakeThread() {
    selector.wakeup();
    LockSupport.unpark(thread);
  }

  /** Whether its own thread calls this. */
  boolean isOnItsThread() {
    return Thread.currentThread() == thread;
  }

  /** What this side sends. */
  ChannelOutput output() {
    return output;
  }

  /** The process. */
  public WorkerProcess process() {
    return process;
  }

  // ---- writing ----

  @Override
  public boolean send(int id, Payload task) {
    return output.send(id, ((TaskMessage) task).task()); // made by the pool's codec
  }

  @Override
  public void flush() {
    output.flush();
  }

  @Override
  public boolean takeBack(int id) {
    return output.takeBack(id);
  }

  @Override
  public boolean isUnclaimed(int id) {
    return output.isUnclaimed(id);
  }

  @Override
  public boolean isPassed(int id) {
    return output.isPassed(id);
  }

  // ---- ending ----

  @Override
  public void quit() {
    process.leaves();
    output.quit();
    selector.wakeup();
  }

  @Override
  public void kill(String reason) {
    process.kill(reason);
  }

  @Override
  public WorkerEnd endBy(String reason) {
    return process.endBy(reason);
  }

  @Override
  public void recordEnd(String executor, WorkerEnd end, long tasks, boolean unexpected) {
    if (FlightRecorder.isInitialized() && end instanceof ProcessEnd seen) { // of an older worker, without its beginning
      (event == null ? new WorkerEvent() : event).finish(executor, seen, tasks, unexpected);
    }
  }

  @Override
  public String toString() {
    return "worker " + number + " (pid " + pid() + ")";
  }
}
