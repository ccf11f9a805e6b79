package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loops that stand still, connections that are forgotten, and the line of the task that runs. */
class DebugReportsTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private LoopOptions live() {
    return LoopOptions.defaults().withDebug(true).withSlowCallback(Duration.ofMinutes(1)).withProblems(problems::add);
  }

  @Test
  void standstill_inRealTime_isReportedOnce_withTheLinesOfTheTasks() {
    Event[] wanted = new Event[1];
    LoopOptions options = live().withProblems(problem -> {
      problems.add(problem);
      EventLoop.current().callSoon(() -> wanted[0].set()); // so that the run ends
    });
    EventLoop.run(options, a -> {
      wanted[0] = new Event();
      a.await(wanted[0].await());
    });
    assertThat(problems).singleElement().satisfies(problem -> {
      assertThat(problem.kind()).isEqualTo(LoopProblem.Kind.STALLED);
      assertThat(problem.message()).contains("main: waiting for an event (DebugReportsTest.java:");
    });
  }

  @Test
  void waitsThatATimerOrAnotherThreadEnds_areNoStandstill() {
    EventLoop.run(live(), a -> {
      a.await(Asyncio.toThread(() -> {
        Thread.sleep(10); // work on another thread, which takes its time
        return null;
      }));
      a.await(Asyncio.sleep(Duration.ofMillis(10)));
    });
    assertThat(problems).isEmpty();
  }

  @Test
  void connectionThatIsForgotten_isReported_andOneThatIsClosedIsNot() {
    EventLoop.run(live(), a -> {
      try (TcpServer server = TcpServer.listen(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          stream -> Async.action(b -> b.await(stream.readAll(10))))) {
        TcpStream.connect("127.0.0.1", server.port()).close(); // a coroutine that is not wanted
        try (TcpStream closed = a.await(TcpStream.connect("127.0.0.1", server.port()))) {
          closed.write("x");
        }
        TcpStream forgotten = a.await(TcpStream.connect("127.0.0.1", server.port()));
        assertThat(forgotten.isClosed()).isFalse();
      }
    });
    assertThat(problems).singleElement().satisfies(problem -> {
      assertThat(problem.kind()).isEqualTo(LoopProblem.Kind.LEFT_OVER);
      assertThat(problem.message()).contains("<TcpStream /127.0.0.1:").contains("opened by task 'main'")
          .contains("was not closed");
    });
  }

  @Test
  void connectionThatIsRefused_isNotReported() {
    EventLoop.run(live(), a -> {
      TcpServer server = TcpServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          stream -> Async.action(_ -> {}));
      int port = server.port();
      server.close();
      assertThatThrownBy(() -> a.await(TcpStream.connect("127.0.0.1", port))).isInstanceOf(java.net.ConnectException.class);
      assertThatThrownBy(() -> a.await(ByteStream.connectUnix(java.nio.file.Path.of("/nowhere/at/all"))))
          .isInstanceOf(java.io.IOException.class);
    });
    assertThat(problems).isEmpty();
  }

  @Test
  void dump_hasTheLineOfTheTaskThatRuns() {
    run(_ -> {
      String dump = EventLoop.current().dumpTasks();
      assertThat(dump).containsPattern("main: running \\(DebugReportsTest.java:\\d+\\)");
    });
  }

  @Test
  void optionsOfASocket() {
    EventLoop.run(LoopOptions.defaults(), a -> {
      try (TcpServer server = TcpServer.listen(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          stream -> Async.action(b -> b.await(stream.readAll(10))))) {
        TcpStream stream = a.await(TcpStream.connect("127.0.0.1", server.port()));
        assertThat(stream.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        stream.setOption(StandardSocketOptions.SO_KEEPALIVE, true).setOption(StandardSocketOptions.TCP_NODELAY, false);
        assertThat(stream.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        assertThat(stream.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
        stream.close();
        a.await(stream.closed());
        assertThatThrownBy(() -> stream.setOption(StandardSocketOptions.SO_KEEPALIVE, true))
            .isInstanceOf(java.nio.channels.ClosedChannelException.class);
      }
    });
  }
}
