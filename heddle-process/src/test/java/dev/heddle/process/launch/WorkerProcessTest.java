package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.futures.Future;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.process.wire.Frame;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That a process gets its time and no more, and that only the right one is let in. */
@Bounded(seconds = 120)
class WorkerProcessTest {
  private static final WorkerTimeouts SHORT = new WorkerTimeouts(Duration.ofMillis(1), Duration.ofMillis(1),
      Duration.ofSeconds(3),
      Duration.ofSeconds(10));

  private static final Pattern SECRET = Pattern.compile("\\b[0-9a-f]{32}\\b");

  /** A process that the system does not let go of. */
  private static final class Undying extends Process {
    private final AtomicInteger kills = new AtomicInteger();
    private final CompletableFuture<Process> exit = new CompletableFuture<>();

    @Override
    public ProcessHandle toHandle() {
      return (ProcessHandle) Proxy.newProxyInstance(
          Undying.class.getClassLoader(),
          new Class<?>[]{ProcessHandle.class},
          (self, method, args) -> switch (method.getName()) {
            case "isAlive" -> true;
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == args[0];
            case "descendants" -> throw new IllegalStateException("on purpose");
            case "destroyForcibly" -> kills.incrementAndGet() < 0;
            case "pid" -> 42L;
            case "onExit" -> new CompletableFuture<ProcessHandle>();
            default -> throw new UnsupportedOperationException(method.getName());
          });
    }

    @Override
    public CompletableFuture<Process> onExit() {
      return exit;
    }

    @Override
    public long pid() {
      return 42;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
      throw new AssertionError("waitFor() without a time-out must not be called");
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) {
      LockSupport.parkNanos(unit.toNanos(timeout));
      return false;
    }

    @Override
    public int exitValue() {
      throw new IllegalThreadStateException();
    }

    @Override
    public void destroy() {}
  }

  private static ServerSocketChannel anyPort() throws Exception {
    return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Test
  void process_thatCannotBeKilled_isKilledAgainAndThenGivenUp() throws Exception {
    Undying undying = new Undying();
    try (Selector selector = Selector.open()) {
      WorkerProcess process = new WorkerProcess(1, (_, _) -> undying, OptionSources.NONE, Duration.ofMillis(1), SHORT,
          selector::wakeup);
      assertThat(process.call(anyPort(), selector)).as("late from the start, so killed").isNull();
      assertThat(undying.kills.get()).isGreaterThan(1);
      assertThat(process.awaitEnd()).isFalse();
      ProcessEnd end = process.end(false, "", Path.of("no-such-file"));
      assertThat(end.exitCode()).isEqualTo(-1);
      assertThat(end.reason()).contains("startTimeout");
    }
  }

  @Test
  void startTimeout_forEver_isAllowed() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    ProcessOptions options = ProcessOptions.defaults().withStartTimeout(forEver).withIdleTimeout(forEver);
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
      assertThat(pool.crashes()).isZero();
    }
  }

  @Test
  void exit_withAShutdownHookThatNeverEnds_isCutShort() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      Future<Integer> struck = pool.submit(
          () -> {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(WorkerProcessTest::parkForEver));
            System.exit(4);
            return 1;
          });
      assertThat(struck.exception()).isInstanceOf(WorkerCrashedException.class).hasMessageContaining("shutdown hooks");
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }

  private static void parkForEver() {
    while (true) {
      LockSupport.park();
    }
  }

  @Test
  void caller_withoutTheSecret_isTurnedAwayAndHoldsUpNoWorker() throws Exception {
    String token = "0123456789abcdef";
    try (Selector selector = Selector.open();
        ServerSocketChannel server = anyPort();
        Handshake handshake = new Handshake(server, token, selector)) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(),
          Integer.parseInt(handshake.address().substring("tcp:".length())));
      List<SocketChannel> strangers = new ArrayList<>();
      for (String shown : List.of("", "0123456789abcdeX", "GET / HTTP/1.1 and more than that, much more")) {
        strangers.add(call(address, Frame.HELLO, shown));
      }
      strangers.add(call(address, Frame.RESULT, token));
      try (SocketChannel worker = call(address, Frame.HELLO, token)) {
        SocketChannel come = handshake.look();
        while (come == null) {
          selector.select();
          selector.selectedKeys().clear();
          come = handshake.look();
        }
        assertThat(come.getRemoteAddress()).isEqualTo(worker.getLocalAddress());
        come.close();
      }
      for (SocketChannel each : strangers) {
        each.close();
      }
    }
  }

  private static SocketChannel call(InetSocketAddress address, byte type, String shown) throws Exception {
    SocketChannel socket = SocketChannel.open(address);
    if (!shown.isEmpty()) {
      byte[] body = shown.getBytes(StandardCharsets.US_ASCII);
      ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + body.length);
      socket.write(frame.putInt(body.length).put(type).putInt(0).putLong(0).putLong(0).put(body).flip());
    }
    return socket;
  }

  @Test
  void start_thatTheSystemRefuses_isToldInItsWords_withoutGuesses() {
    WorkerProcess process = new WorkerProcess(1, (_, _) -> { throw new AssertionError(); }, OptionSources.NONE,
        Duration.ofSeconds(1), SHORT, () -> {});
    process.noteCause("it could not be started",
        new IOException("Cannot run program \"java\": error: 24 (Too many open files) \n"
            + "Possible reasons:\n  - Spawn helper ran into JDK version mismatch"));
    assertThat(process.unseen("otherwise").reason())
        .isEqualTo("it could not be started: Cannot run program \"java\": error: 24 (Too many open files)");
  }

  /** Other users can read command lines, and this user's other programs the environment. */
  @Test
  void secret_isNeitherOnTheCommandLineNorInTheEnvironment() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/cmdline")), "skipped: no /proc here");
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      List<String> own = pool
          .submit(() -> List.of(Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1),
              Files.readString(Path.of("/proc/self/environ"), StandardCharsets.ISO_8859_1)))
          .result();
      assertThat(own.getFirst()).contains("WorkerMain");
      assertThat(own).noneMatch(text -> SECRET.matcher(text).find());
      assertThat(WorkerHome.token()).matches(SECRET);
    }
  }
}
