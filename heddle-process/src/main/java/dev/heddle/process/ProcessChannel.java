package dev.heddle.process;

import dev.heddle.codec.EncodedTask;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Outbox;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker process behind a socket.
 *
 * <p>Whoever has something to send writes it to the socket himself, which does not block; and whoever waits for a result reads
 * the socket himself for some microseconds. A thread for each worker starts the process, reads when nobody else does, writes
 * what did not fit the socket, and sees the worker off.
 */
final class ProcessChannel implements WorkerChannel {
  private static final long LOOK_MILLIS = 100;
  private static final long BREATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(250); // after a start that could not even be tried

  private final int number;
  private final Launcher launcher;
  private final WorkerHome home;
  private final @Nullable EncodedTask initializer;
  private final Listener listener;
  private final Selector selector;
  private final Thread thread;
  private final ReadingTurns turns;
  private final WorkerProcess process;
  private final ChannelInput input;
  private final ChannelOutput output = new ChannelOutput(this::wakeUp);
  private volatile @Nullable Outbox outbox; // mapped by the thread: the mapping of a file does not survive an interrupt
  private volatile @Nullable SocketChannel socket;

  ProcessChannel(
      int number,
      String name,
      Launcher launcher,
      WorkerHome home,
      ProcessOptions options,
      Patience patience,
      @Nullable EncodedTask initializer,
      Listener listener)
      throws IOException {
    this.number = number;
    this.launcher = launcher;
    this.home = home;
    this.initializer = initializer;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name(name + "-worker-" + number).daemon(false).unstarted(this::run);
    this.turns = new ReadingTurns(thread);
    this.process = new WorkerProcess(
        number, (address, tree) -> launcher.start(number, address, tree), options.startTimeout(), patience,
        this::wakeThread);
    this.input = new ChannelInput(this, listener, options.maxMessage(), Reception.greeting(process.token()));
    this.selector = Selector.open();
  }

  /** Starts its thread, and so the process. */
  void start() throws IOException {
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

  @Override
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
      process.blame(process.wasStarted() ? "its connection failed" : "it could not be started", e);
      if (!process.wasStarted() && !process.isLeaving()) {
        LockSupport.parkNanos(this, BREATHER_NANOS); // what there is none of now may be there then
      }
    } finally {
      seeOff();
    }
  }

  /** Starts the process and takes its call. */
  private void connect() throws IOException {
    try {
      output.announceIn(Claims.map(home.file("w" + number + ".claims")));
      outbox = Outbox.create(home.file("w" + number + ".outbox"));
      SocketChannel come = process.call(home.listen(number), selector);
      if (come != null) {
        socket = come;
        output.connect(come);
        output.prepare(initializer);
      }
    } finally {
      Files.deleteIfExists(home.file("w" + number + ".sock"));
      Files.deleteIfExists(home.file("w" + number + ".claims")); // whoever needs these has mapped them
      Files.deleteIfExists(home.file("w" + number + ".outbox"));
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
    while (!input.isOver() && process.attend()) {
      input.doWhatIsLeft();
      if (turns.isPolled()) {
        turns.standAside();
        if (System.nanoTime() - looked < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
          continue;
        }
        read(Leftovers.ALL); // who polls may be busy with something else
      } else {
        key.interestOps(output.isStuck() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        selector.select(nextLook());
        selector.selectedKeys().clear();
        if (!turns.isPolled()) {
          read(Leftovers.ALL);
        }
      }
      looked = System.nanoTime();
      listener.look(this);
    }
  }

  private long nextLook() {
    if (process.isLeaving()) {
      return process.millisLeft();
    }
    long next = listener.nextLook(this);
    return input.isReady() ? next : Math.min(next, LOOK_MILLIS);
  }

  /** Whoever waits for this worker must hear of its end, whatever goes wrong here. */
  private void seeOff() {
    WorkerEnd end = null;
    try {
      takeTheRest(process.awaitEnd());
      end = process.end(input.isOrderly(), RawOutput.tail(launcher.rawOutput(number)), launcher.errorReport(pid()));
    } catch (Throwable e) { // out of memory, say
      end = process.unseen("its end could not be seen: " + e);
    } finally {
      try {
        close();
      } finally {
        listener.gone(this, end == null ? process.unseen("its end could not be seen") : end);
      }
    }
  }

  /** Reads what is left in the socket and, if the worker can no longer write there, what it had not sent yet. */
  private void takeTheRest(boolean dead) {
    try {
      SocketChannel connected = socket;
      if (connected != null) {
        input.readAll(connected);
        Outbox its = outbox;
        if (dead && its != null) {
          input.readOn(its.unsent(input.received()));
        }
      }
    } finally { // results among it that were booked, which nobody else would see to
      input.doWhatIsLeft();
    }
  }

  private void close() {
    input.close();
    try {
      SocketChannel connected = socket;
      if (connected != null) {
        connected.close();
      }
      selector.close();
      process.close();
      Files.deleteIfExists(launcher.rawOutput(number));
    } catch (IOException | RuntimeException e) {
      Log.ignored("closing the connection of " + this, e); // the folder is emptied when the pool ends
    }
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
  public boolean hasCalled() {
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

  /** What this side sends. */
  ChannelOutput output() {
    return output;
  }

  /** What becomes of the process. */
  WorkerProcess process() {
    return process;
  }

  // ---- writing ----

  @Override
  public boolean send(int id, EncodedTask task) {
    return output.send(id, task);
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
  public String toString() {
    return "worker " + number + " (pid " + pid() + ")";
  }
}
