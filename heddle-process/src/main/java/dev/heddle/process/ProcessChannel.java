package dev.heddle.process;

import dev.heddle.process.codec.EncodedTask;
import dev.heddle.process.codec.Site;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameReader;
import dev.heddle.process.wire.FrameWriter;
import dev.heddle.process.wire.MalformedFrameException;
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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final long MOST_CLASS_BYTES = 64L << 20; // that may wait to be read by the worker

  private final int number;
  private final Launcher launcher;
  private final WorkerHome home;
  private final Duration startTimeout;
  private final @Nullable EncodedTask initializer;
  private final Listener listener;
  private final String token = WorkerHome.token();
  private final Selector selector;
  private final Thread thread;

  private final FrameWriter writer = new FrameWriter();
  private final ReentrantLock reading = new ReentrantLock();
  private final FrameReader reader; // under that lock, as are the next two
  private boolean greeted;
  private boolean orderly; // its JVM said that it exits
  private final BitSet defined = new BitSet(); // sites, under the dispatcher's lock as all sending is

  private volatile @Nullable Claims claims; // mapped by the thread: the mapping of a file does not survive an interrupt
  private volatile @Nullable Process process;
  private volatile @Nullable SocketChannel socket;
  private volatile boolean exited; // the process
  private volatile boolean broken; // the connection
  private volatile boolean ready;
  private volatile long deadline; // for it to be ready
  private final AtomicLong classBytes = new AtomicLong(); // sent since the worker last had read everything
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
    this.reader = FrameReader.ofParent(options.maxMessage());
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
    claims = Claims.map(home.file("w" + number + ".claims"));
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
      } else {
        broken = true;
      }
    } finally {
      Files.deleteIfExists(home.file("w" + number + ".sock"));
      Files.deleteIfExists(home.file("w" + number + ".claims")); // whoever needs it has mapped it
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
    while (!broken && !exited) {
      if (isPolled()) {
        leavesReading = true;
        if (isPolled()) {
          LockSupport.parkNanos(this, POLLING_GOES_ON_NANOS);
        }
        leavesReading = false;
        if (System.nanoTime() - looked < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
          continue;
        }
      } else {
        key.interestOps(writer.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        selector.select(nextLook());
        selector.selectedKeys().clear();
        if (!isPolled()) {
          poll();
        }
      }
      looked = System.nanoTime();
      if (!ready && hasEnded(process)) {
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
    return ready ? next : Math.min(next, LOOK_MILLIS);
  }

  private static boolean hasEnded(@Nullable Process started) {
    return started != null && !started.isAlive();
  }

  private boolean initializerIsLate() {
    return !ready && imposed == null && System.nanoTime() - deadline > 0;
  }

  private boolean isPolled() {
    return pollers.get() > 0 || System.nanoTime() - lastPolled < POLLING_GOES_ON_NANOS;
  }

  /** Takes what is left in the socket, and finds out how the process ended. */
  private WorkerEnd seeOff() {
    Process started = process;
    if (started == null) {
      return new WorkerEnd(-1, -1, 0, imposed == null ? "it was not started" : imposed, "", null);
    }
    int code = -1;
    try {
      if (!started.waitFor(broken || imposed != null ? MILLIS_TO_END : 0, TimeUnit.MILLISECONDS)) {
        ProcessTree.kill(started.toHandle());
      }
      if (started.waitFor(MILLIS_TO_DIE, TimeUnit.MILLISECONDS)) {
        code = started.exitValue();
      } // else the system does not let go of it, which must not hold up the pool
    } catch (InterruptedException e) {
      started.destroyForcibly(); // nobody interrupts this thread but one who wants it gone
    }
    takeTheRest();
    Path report = launcher.errorReport(started.pid());
    return WorkerEnd.of(started.pid(), code, orderly, imposed, RawOutput.tail(launcher.rawOutput(number)),
        Files.exists(report) ? report : null);
  }

  private void takeTheRest() {
    pollers.set(0);
    while (!broken && socket != null) {
      if (reading.isLocked() && !reading.isHeldByCurrentThread()) {
        LockSupport.parkNanos(this, POLLING_GOES_ON_NANOS); // who holds it may be in a slow listener
        continue;
      }
      if (!pollOnce()) {
        return;
      }
    }
  }

  private void closeQuietly() {
    broken = true;
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

  @Override
  public void wakeUp() {
    selector.wakeup();
  }

  @Override
  public void poll() {
    if (!broken && socket != null) {
      pollOnce();
    }
  }

  /** Reads until nothing is there, and acts on it; false if nothing was. */
  private boolean pollOnce() {
    if (reading.isHeldByCurrentThread() || !reading.tryLock()) {
      return false;
    }
    List<Runnable> after = List.of();
    boolean some = false;
    try {
      SocketChannel connected = socket;
      if (broken || connected == null) {
        return false;
      }
      if (!writer.isEmpty()) {
        writer.flush(connected);
      }
      int come;
      do {
        come = reader.fill(connected);
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
          Runnable rest = take(frame);
          if (rest != null) {
            after = after.isEmpty() ? List.of(rest) : joined(after, rest);
          }
        }
        some |= come > 0;
      } while (come > 0 && reader.isFull());
      if (come < 0) {
        lost();
      }
    } catch (MalformedFrameException e) {
      lost();
      kill("it sent what nobody understands: " + e.getMessage());
    } catch (IOException e) {
      lost();
    } catch (OutOfMemoryError e) {
      reader.clear();
      lost();
      kill("its message did not fit into this program's memory; lower maxMessage or raise this program's -Xmx");
    } finally {
      reading.unlock();
      after.forEach(ProcessChannel::perform);
    }
    return some;
  }

  private static List<Runnable> joined(List<Runnable> some, Runnable another) {
    List<Runnable> all = some instanceof ArrayList<Runnable> growing ? growing : new ArrayList<>(some);
    all.add(another);
    return all;
  }

  private static void perform(Runnable rest) {
    try {
      rest.run();
    } catch (Throwable e) { // of a listener, or out of memory: the other messages must not suffer
      Log.ignored("acting on a message of a worker", e);
    }
  }

  private void lost() {
    broken = true;
    selector.wakeup();
    LockSupport.unpark(thread);
  }

  private @Nullable Runnable take(Frame frame) throws MalformedFrameException {
    if (!greeted && frame.type() != Frame.HELLO) {
      throw new MalformedFrameException("a frame of type " + frame.type() + " before its greeting");
    }
    return switch (frame.type()) {
      case Frame.HELLO -> greeting(frame.body());
      case Frame.READY -> {
        preparedOnce(frame);
        yield () -> listener.ready(this);
      }
      case Frame.UNPREPARED -> {
        preparedOnce(frame);
        yield () -> listener.unprepared(this, frame.body());
      }
      case Frame.RESULT, Frame.FAILURE ->
          listener.ended(this, frame.id(), frame.type() == Frame.RESULT, frame.value(), frame.body());
      case Frame.OUTPUT -> {
        listener.printed(this, frame.id(), frame.value() == 2, frame.body());
        yield null;
      }
      case Frame.NEED_CLASS -> () -> supply(frame.id(), new String(frame.body(), StandardCharsets.UTF_8));
      case Frame.EXITING -> {
        orderly = true;
        yield null;
      }
      default -> throw new MalformedFrameException("a frame of the unknown type " + frame.type());
    };
  }

  /** A task that gets hold of the socket must not be able to break the pool by it. */
  private void preparedOnce(Frame frame) throws MalformedFrameException {
    if (ready) {
      throw new MalformedFrameException("a second frame that says how its preparation ended, of type " + frame.type());
    }
    ready = true;
  }

  private @Nullable Runnable greeting(byte[] shown) throws MalformedFrameException {
    if (greeted || !MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.US_ASCII))) {
      throw new MalformedFrameException("a greeting without the secret it was given");
    }
    greeted = true;
    if (initializer == null) {
      writer.put(Frame.PREPARE, 0, -1, Frame.EMPTY);
    } else {
      writer.put(Frame.DEFINE, initializer.site().id(), 0, initializer.site().definition());
      writer.put(Frame.PREPARE, 0, initializer.site().id(), initializer.payload());
    }
    flush();
    return null;
  }

  private void supply(int request, String name) {
    byte[] bytes = listener.classBytes(name);
    if (writer.isEmpty()) {
      classBytes.set(0);
    }
    if (classBytes.addAndGet(bytes == null ? 1 : bytes.length) > MOST_CLASS_BYTES) {
      kill("it asked for classes again and again without reading the answers");
      return;
    }
    writer.put(Frame.CLASS, request, bytes == null ? 0 : 1, bytes == null ? Frame.EMPTY : bytes);
    flush();
  }

  // ---- writing ----

  @Override
  public boolean send(int id, EncodedTask task, boolean now) {
    Claims page = claims;
    if (page == null || !page.announce(id)) {
      return false;
    }
    Site site = task.site();
    if (!defined.get(site.id())) {
      defined.set(site.id());
      writer.put(Frame.DEFINE, site.id(), 0, site.definition());
    }
    writer.put(Frame.TASK, id, site.id(), task.payload());
    if (now) {
      flush();
    }
    return true;
  }

  @Override
  public void flush() {
    SocketChannel connected = socket;
    if (connected == null || broken) {
      return;
    }
    try {
      if (!writer.flush(connected)) {
        selector.wakeup(); // the thread writes the rest when there is room
      }
    } catch (IOException e) {
      lost();
    }
  }

  @Override
  public boolean takeBack(int id) {
    Claims page = claims;
    return page != null && page.takeBack(id);
  }

  @Override
  public boolean isUnclaimed(int id) {
    Claims page = claims;
    return page != null && writer.isEmpty() && page.isUnclaimed(id);
  }

  @Override
  public boolean isPassed(int id) {
    Claims page = claims;
    return page != null && page.isPassed(id);
  }

  // ---- ending ----

  @Override
  public void quit() {
    if (imposed == null) {
      imposed = "it was told to end";
    }
    quitNanos = System.nanoTime() | 1;
    writer.put(Frame.QUIT, 0, 0, Frame.EMPTY);
    flush();
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
