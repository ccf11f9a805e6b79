package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unix domain sockets, with and without a server behind them. */
@org.junit.jupiter.api.Timeout(60)
class UnixStreamTest {
  private final List<LoopProblem> problems = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  /** Not JUnit's folder, whose path may be too long for a socket. */
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("heddle-unix");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }

  private <T extends @Nullable Object> T run(AsyncBody<T> body) {
    return EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
  }

  private static Async<@Nullable Void> echo(ByteStream stream) {
    return Async.action(
        a -> {
          for (String line = a.await(stream.readLine()); line != null; line = a.await(stream.readLine())) {
            stream.write(line + "\n");
          }
        });
  }

  @Test
  void server_echoes_andDeletesItsFile() {
    Path file = folder.resolve("echo.sock");
    run(
        a -> {
          try (StreamServer server = StreamServer.listen(ListenOptions.at(file), UnixStreamTest::echo);
              ByteStream client = a.await(ByteStream.connectUnix(file))) {
            assertThat(server.addresses()).containsExactly(UnixDomainSocketAddress.of(file));
            assertThat(client.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(file));
            client.write("hello\n");
            assertThat(a.await(client.readLine())).isEqualTo("hello");
            client.writeEof();
            assertThat(a.await(client.readLine())).isNull();
          }
          assertThat(file).doesNotExist();
          return null;
        });
    assertThat(problems).isEmpty();
  }

  private void connectFails(Path path, String... words) {
    run(
        a -> {
          try {
            a.await(ByteStream.connectUnix(path));
          } catch (ConnectException e) {
            assertThat(e.getMessage()).contains(words);
            log.add("refused");
          }
          return null;
        });
    assertThat(log).contains("refused");
    log.clear();
  }

  @Test
  void connect_noFile_aStaleOne_orTooLong_areNamed() throws IOException {
    connectFails(folder.resolve("none.sock"), "there is no socket", "none.sock");
    Path stale = folder.resolve("stale.sock");
    try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      gone.bind(UnixDomainSocketAddress.of(stale));
    }
    assertThat(stale).exists();
    connectFails(stale, "no server listens", "stale.sock");
    connectFails(folder.resolve("x".repeat(200)), "about 100 bytes");
  }

  @Test
  void listen_staleFile_isRefusedOrReplaced_aLiveOneNever() throws IOException {
    Path file = folder.resolve("stale.sock");
    try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      gone.bind(UnixDomainSocketAddress.of(file));
    }
    run(
        a -> {
          assertThatThrownBy(() -> StreamServer.listen(ListenOptions.at(file), UnixStreamTest::echo))
              .isInstanceOf(BindException.class)
              .hasMessageContainingAll("was left by a server that has ended", "withReplaceStale");
          ListenOptions replacing = ListenOptions.at(file).withReplaceStale(true);
          try (StreamServer server = StreamServer.listen(replacing, UnixStreamTest::echo)) {
            assertThat(server.addresses()).hasSize(1);
            assertThatThrownBy(() -> StreamServer.listen(replacing, UnixStreamTest::echo))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("a server listens there");
            try (ByteStream client = a.await(ByteStream.connectUnix(file))) {
              client.write("still served\n");
              assertThat(a.await(client.readLine())).isEqualTo("still served");
            }
          }
          Path regular = Files.writeString(folder.resolve("regular"), "precious");
          assertThatThrownBy(
              () -> StreamServer.listen(ListenOptions.at(regular).withReplaceStale(true), UnixStreamTest::echo))
              .isInstanceOf(BindException.class);
          assertThat(regular).hasContent("precious");
          Path pipe = folder.resolve("pipe"); // connecting to it is refused, as to a socket that was left
          if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0) {
            assertThatThrownBy(
                () -> StreamServer.listen(ListenOptions.at(pipe).withReplaceStale(true), UnixStreamTest::echo))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("is no socket");
            assertThat(pipe).exists();
          }
          assertThatThrownBy(
              () -> StreamServer.listen(ListenOptions.at(folder.resolve("x".repeat(200))), UnixStreamTest::echo))
              .isInstanceOf(BindException.class)
              .hasMessageContaining("about 100 bytes");
          return null;
        });
  }

  @Test
  void close_fileOfASuccessor_isKept() {
    Path file = folder.resolve("taken.sock");
    run(
        a -> {
          StreamServer first = StreamServer.listen(ListenOptions.at(file), UnixStreamTest::echo);
          Files.delete(file);
          try (StreamServer second = StreamServer.listen(ListenOptions.at(file), UnixStreamTest::echo)) {
            first.close();
            assertThat(second.addresses()).hasSize(1);
            assertThat(file).exists();
          }
          assertThat(file).doesNotExist();
          return null;
        });
  }

  @Test
  void listen_oneOfSeveralAddressesFails_noneIsLeftBound() {
    Path file = folder.resolve("first.sock");
    run(
        a -> {
          Path regular = Files.writeString(folder.resolve("regular"), "");
          ListenOptions both = ListenOptions.at(UnixDomainSocketAddress.of(file), UnixDomainSocketAddress.of(regular));
          assertThatThrownBy(() -> StreamServer.listen(both, UnixStreamTest::echo)).isInstanceOf(BindException.class);
          assertThat(file).doesNotExist();
          return null;
        });
  }
}
