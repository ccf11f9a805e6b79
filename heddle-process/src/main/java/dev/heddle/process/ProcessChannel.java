package dev.heddle.process;

import dev.heddle.process.codec.EncodedTask;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Outbox;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker process behind a socket.
 *
 * <p>Whoever has something to send writes it to the socket himself, which does not block; and whoever waits for a result reads
 * the socket himself for some microseconds. A thread for each worker starts the process, reads when nobody else does, writes
 * what did not fit the socket, and sees the worker off. It leaves the reading alone while others do it: else each message
 * would wake it in vain.
 */
final class ProcessChannel implements WorkerChannel {
  private static final long POLLING_GOES_ON_NANOS = 200_000; // after so long without a reader the thread reads itself
  private static final long MILLIS_TO_END = 2_000; // for a process that has closed its socket or was told to quit
  private static final long MILLIS_TO_DIE = 10_000; // for a process that was killed
  private static final long LOOK_MILLIS = 100;

  private final int number;
  private final Launcher launcher;
  private final WorkerHome home;
  private final Duration startTimeout;
  private final @Nullable EncodedTask initializer;
  private final Listener listener;
  private final Selector selector;
  private final Thread thread;

  private final String token = WorkerHome.token();
  private final ChannelInput input;
  private final ChannelOutput output = new ChannelOutput(this::wakeUp);
  private volatile @Nullable Outbox outbox; // mapped by the thread: the mapping of a file does not survive an interrupt
  private volatile @Nullable Process process;
  private volatile @Nullable SocketChannel socket;
  private volatile boolean exited; // the process
  private volatile long deadline; // for it to be ready
  private volatile long quitNanos; // when it was told to quit; 0 if it was not
  private volatile @Nullable String imposed; // why this side ended it
  private final AtomicInteger pollers = new AtomicInteger();
  private volatile long lastPolled;
  private volatile boolean leavesReading; // the thread, to those who poll

  ProcessChannel(
      int number,
      String name,
      Launcher launcher,
      WorkerHome home,
      ProcessOptions options,
      @Nullable EncodedTask initializer,
      Listener listener)
      throws IOException {
    this.number = number;
    this.launcher = launcher;
    this.home = home;
    this.startTimeout = options.startTimeout();
    this.initializer = initializer;
    this.listener = listener;
    this.input = new ChannelInput(this, listener, token, options.maxMessage());
    this.selector = Selector.open();
    this.lastPolled = System.nanoTime() - POLLING_GOES_ON_NANOS;
    this.thread = Thread.ofPlatform().name(name + "-worker-" + number).daemon(false).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long pid() {
    Process started = process;
    return started == null ? -1 : started.pid();
  }

  @Override
  public long rss() {
    Process started = process;
    return started == null ? -1 : Rss.of(started.pid());
  }

  // ---- the life of the thread ----

  private void run() {
    try {
      open();
      serve();
    } catch (IOException | RuntimeException e) {
      if (imposed == null) {
        imposed = "it could not be started: " + e.getMessage();
      }
    } finally {
      WorkerEnd end;
      try {
        end = seeOff();
      } catch (Throwable e) { // out of memory, say: whoever waits for this worker must hear of its end all the same
        end = new WorkerEnd(pid(), -1, 0, imposed == null ? "its end could not be seen: " + e : imposed, "", null);
      }
      closeQuietly();
      listener.gone(this, end);
    }
  }

  /** Starts the process and takes its call. */
  private void open() throws IOException {
    deadline = System.nanoTime() + startTimeout.toNanos();
    output.announceIn(Claims.map(home.file("w" + number + ".claims")));
    outbox = Outbox.create(home.file("w" + number + ".outbox"));
    try (ServerSocketChannel server = home.listen(number)) {
      Process started = launcher.start(number, text(server.getLocalAddress()));
      process = started;
      started.onExit().thenRun(this::processExited);
      if (imposed != null) { // killed before it began
        started.destroyForcibly();
      }
      tellToken(started);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      SocketChannel accepted = server.accept();
      while (accepted == null && !exited && imposed == null) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IOException("it did not call back within " + startTimeout.toSeconds() + " s");
        }
        selector.select(Math.min(left, LOOK_MILLIS));
        selector.selectedKeys().clear();
        accepted = server.accept();
        if (!started.isAlive()) { // in case whoever tells of exits has no thread for it
          exited = true;
        }
      }
      if (accepted != null) {
        accepted.configureBlocking(false);
        socket = accepted;
        output.connect(accepted);
      }
    } finally {
      Files.deleteIfExists(home.file("w" + number + ".sock"));
      Files.deleteIfExists(home.file("w" + number + ".claims")); // whoever needs these has mapped them
      Files.deleteIfExists(home.file("w" + number + ".outbox"));
    }
  }

  private static String text(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix
        ? "unix:" + unix.getPath()
        : "tcp:" + ((java.net.InetSocketAddress) address).getPort();
  }

  /** By standard input, which nobody else can read, unlike a command line. */
  private void tellToken(Process started) {
    try {
      started.getOutputStream().write((token + "\n").getBytes(StandardCharsets.US_ASCII));
      started.getOutputStream().flush();
    } catch (IOException e) {
      // it has ended already, which its exit will tell better
    }
  }

  private void processExited() {
    exited = true;
    selector.wakeup();
  }

  /** Reads and writes until the connection ends. */
  private void serve() throws IOException {
    SocketChannel connected = socket;
    if (connected == null) {
      return;
    }
    SelectionKey key = connected.register(selector, SelectionKey.OP_READ);
    long looked = System.nanoTime();
    while (!input.isOver() && !exited) {
      input.doWhatIsLeft();
      if (isPolled()) {
        leavesReading = true;
        if (isPolled()) {
          LockSupport.parkNanos(this, POLLING_GOES_ON_NANOS);
        }
        leavesReading = false;
        if (System.nanoTime() - looked < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
          continue;
        }
        read(ChannelInput.ALL); // who polls may be busy with something else
      } else {
        key.interestOps(output.isStuck() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        selector.select(nextLook());
        selector.selectedKeys().clear();
        if (!isPolled()) {
          read(ChannelInput.ALL);
        }
      }
      looked = System.nanoTime();
      if (!input.isReady() && hasEnded(process)) {
        exited = true;
      }
      listener.look(this);
      if (quitNanos != 0 && System.nanoTime() - quitNanos > TimeUnit.MILLISECONDS.toNanos(MILLIS_TO_END)) {
        return; // it does not listen; it is killed
      }
      if (initializerIsLate()) {
        kill("it was not ready within " + startTimeout.toSeconds() + " s; shorten the initializer or lengthen startTimeout");
      }
    }
  }

  private long nextLook() {
    long next = quitNanos == 0 ? listener.nextLook(this) : MILLIS_TO_END;
    return input.isReady() ? next : Math.min(next, LOOK_MILLIS);
  }

  private static boolean hasEnded(@Nullable Process started) {
    return started != null && !started.isAlive();
  }

  private boolean initializerIsLate() {
    return !input.isReady() && imposed == null && System.nanoTime() - deadline > 0;
  }

  /** Takes what is left in the socket, and finds out how the process ended. */
  private WorkerEnd seeOff() {
    Process started = process;
    if (started == null) {
      return new WorkerEnd(-1, -1, 0, imposed == null ? "it was not started" : imposed, "", null);
    }
    int code = -1;
    boolean dead = false;
    try {
      if (!started.waitFor(socket == null || input.isOver() || imposed != null ? MILLIS_TO_END : 0, TimeUnit.MILLISECONDS)) {
        ProcessTree.kill(started.toHandle());
      }
      dead = started.waitFor(MILLIS_TO_DIE, TimeUnit.MILLISECONDS);
      if (dead) {
        code = started.exitValue();
      } // else the system does not let go of it, which must not hold up the pool
    } catch (InterruptedException e) {
      started.destroyForcibly(); // nobody interrupts this thread but one who wants it gone
    }
    takeTheRest(dead);
    Path report = launcher.errorReport(started.pid());
    return WorkerEnd.of(started.pid(), code, input.isOrderly(), imposed, RawOutput.tail(launcher.rawOutput(number)),
        Files.exists(report) ? report : null);
  }

  /** Reads what is left in the socket and, if the worker can no longer write there, what it had not sent yet. */
  private void takeTheRest(boolean dead) {
    pollers.set(0);
    SocketChannel connected = socket;
    if (connected != null) {
      input.readAll(connected);
      Outbox its = outbox;
      if (dead && its != null) {
        input.readOn(its.unsent(input.received()));
      }
    }
    input.doWhatIsLeft();
  }

  private void closeQuietly() {
    input.close();
    try {
      SocketChannel connected = socket;
      if (connected != null) {
        connected.close();
      }
      selector.close();
      Process started = process;
      if (started != null) {
        started.getOutputStream().close();
      }
      Files.deleteIfExists(launcher.rawOutput(number));
    } catch (IOException e) {
      // nothing depends on it any more; the folder is emptied when the pool ends
    }
  }

  // ---- reading ----

  @Override
  public void beginPolling() {
    pollers.incrementAndGet();
  }

  @Override
  public void endPolling(boolean successful) {
    if (successful) {
      lastPolled = System.nanoTime();
    }
    if (pollers.decrementAndGet() <= 0 && !successful && leavesReading) {
      LockSupport.unpark(thread);
    }
  }

  private boolean isPolled() {
    return pollers.get() > 0 || System.nanoTime() - lastPolled < POLLING_GOES_ON_NANOS;
  }

  @Override
  public boolean hasCalled() {
    return socket != null;
  }

  @Override
  public void poll(Share share) {
    read(share);
  }

  private boolean read(Share share) {
    SocketChannel connected = socket;
    if (connected == null) {
      return false;
    }
    output.flushIfStuck();
    return input.read(connected, share);
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

  // ---- writing ----

  ChannelOutput output() {
    return output;
  }

  /** Tells the worker what to run first. */
  void prepare() {
    output.prepare(initializer);
  }

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
    if (imposed == null) {
      imposed = "it was told to end";
    }
    quitNanos = System.nanoTime() | 1;
    output.quit();
    selector.wakeup();
  }

  @Override
  public void kill(String reason) {
    imposed = reason;
    Process started = process;
    if (started == null) {
      selector.wakeup();
    } else {
      try {
        Thread.ofPlatform()
            .name("heddle-kill-" + started.pid())
            .daemon(true)
            .start(() -> ProcessTree.kill(started.toHandle()));
      } catch (OutOfMemoryError e) { // no thread to be had: here, then
        ProcessTree.kill(started.toHandle());
      }
    }
  }

  @Override
  public String toString() {
    return "worker " + number + " (pid " + pid() + ")";
  }
}
