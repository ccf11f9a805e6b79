package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams in memory, in virtual time; what is tested of reading and writing holds for every stream. */
@org.junit.jupiter.api.Timeout(60)
class MemoryStreamTest extends LoopContract {
  private static final byte[] NL = {'\n'};

  @TempDir
  Path folder;

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Async<@Nullable Void> echo(ByteStream stream) {
    return Async.action(
        a -> {
          AsyncIterator<String> lines = stream.lines();
          while (a.await(lines.hasNext())) {
            stream.write(lines.next() + "\n");
            a.await(stream.drain());
          }
          stream.close();
        });
  }

  @Test
  void lines_echoed_alsoAByteAtATime() {
    for (int capacity : new int[]{1, 3, 65_536}) {
      run(
          a -> {
            ByteStream.Endpoints pair = ByteStream.pair(capacity);
            Task<@Nullable Void> server = Asyncio.createTask(echo(pair.second()));
            ByteStream client = pair.first();
            client.write("one\ntwo\r\n\nthree");
            assertThat(a.await(client.readLine())).isEqualTo("one");
            assertThat(a.await(client.readLine())).isEqualTo("two");
            assertThat(a.await(client.readLine())).isEmpty();
            client.write(" äöü");
            client.writeEof();
            assertThat(a.await(client.readLine())).isEqualTo("three äöü");
            assertThat(a.await(client.readLine())).isNull();
            a.await(server);
            client.close();
            return null;
          });
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void handler_inVirtualTime_sleepsTakeNoTime() {
    long begun = System.nanoTime();
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          Asyncio.createTask(
              Async.action(
                  b -> {
                    b.await(Asyncio.sleep(Duration.ofHours(1)));
                    pair.second().write("late\n");
                  }));
          assertThat(a.await(pair.first().readLine())).isEqualTo("late");
          assertThat(EventLoop.current().nanoTime()).isEqualTo(Duration.ofHours(1).toNanos());
          return null;
        });
    assertThat(System.nanoTime() - begun).isLessThan(Duration.ofMinutes(30).toNanos());
  }

  @Test
  void read_nothingWillCome_isADeadlockInVirtualTime() {
    assertThatThrownBy(() -> run(a -> a.await(ByteStream.pair().first().readLine())))
        .isInstanceOf(LoopDeadlockException.class)
        .hasMessageContaining("reading a line on <ByteStream memory:second>");
  }

  @Test
  void readUntil_separatorAcrossPieces_longestAndEnd() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair(2);
          ByteStream in = pair.first();
          ByteStream out = pair.second();
          out.write("head\r\n\r\nbody;");
          byte[] blank = bytes("\r\n\r\n");
          assertThat(text(a.await(in.readUntil(blank, 100)))).isEqualTo("head\r\n\r\n");
          try {
            a.await(in.readUntil(bytes("x"), 4));
          } catch (LineTooLongException e) {
            log.add("longest " + e.longest());
          }
          assertThat(text(a.await(in.readUntil(bytes(";"), 4)))).isEqualTo("body;");
          out.write("rest");
          out.writeEof();
          try {
            a.await(in.readUntil(NL, 100));
          } catch (EOFException e) {
            log.add(e.getMessage());
          }
          assertThat(text(a.await(in.readAll(4)))).isEqualTo("rest");
          assertThat(a.await(in.readAll(1))).isEmpty();
          assertThatThrownBy(() -> in.readUntil(new byte[0], 1)).isInstanceOf(IllegalArgumentException.class);
          return null;
        });
    assertThat(log).hasSize(2).startsWith("longest 4");
    assertThat(log.get(1)).contains("ended after 4 bytes");
  }

  @Test
  void readAll_moreThanAllowed_takesNothing() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          pair.second().write("12345");
          pair.second().writeEof();
          try {
            a.await(pair.first().readAll(4));
          } catch (LineTooLongException e) {
            log.add(e.getMessage());
          }
          assertThat(text(a.await(pair.first().readAll(5)))).isEqualTo("12345");
          return null;
        });
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).contains("more than the 4 bytes");
  }

  @Test
  void lines_tooLongOne_isAnErrorAndTheNextFollows() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair(7);
          pair.second().write("one\n" + "y".repeat(50) + "\ntwo\n");
          pair.second().writeEof();
          AsyncIterator<String> lines = pair.first().lines(10);
          while (true) {
            try {
              if (!a.await(lines.hasNext())) {
                break;
              }
              log.add(lines.next());
            } catch (LineTooLongException e) {
              log.add("too long");
            }
          }
          assertThatThrownBy(lines::next).isInstanceOf(java.util.NoSuchElementException.class);
          return null;
        });
    assertThat(log).containsExactly("one", "too long", "two");
  }

  @Test
  void write_moreThanThePeerTakes_severalTasksDrain() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair(1000);
          ByteStream out = pair.first();
          byte[] big = new byte[300_000];
          Arrays.fill(big, (byte) 7);
          out.write(big);
          List<Task<@Nullable Void>> drains = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            drains.add(Asyncio.createTask(async(b -> b.await(out.drain()))));
          }
          a.await(Asyncio.sleep(Duration.ofSeconds(1)));
          assertThat(drains).noneMatch(Task::isDone);
          drains.getFirst().cancel();
          assertThat(a.await(pair.second().readExactly(big.length))).isEqualTo(big);
          a.await(Asyncio.wait(drains));
          assertThat(drains.getFirst().isCancelled()).isTrue();
          assertThat(drains.get(2).exception()).isNull();
          return null;
        });
  }

  @Test
  void write_buffersInOrder_positionsUnchanged() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair(5);
          List<ByteBuffer> buffers = new ArrayList<>();
          StringBuilder expected = new StringBuilder();
          for (int i = 0; i < 50; i++) {
            buffers.add(ByteBuffer.wrap(bytes("no " + i + ";")));
            expected.append("no ").append(i).append(';');
          }
          pair.first().write(buffers.toArray(ByteBuffer[]::new));
          pair.first().writeEof();
          assertThat(buffers).allMatch(each -> each.position() == 0);
          assertThat(text(a.await(pair.second().readAll(10_000)))).isEqualTo(expected.toString());
          return null;
        });
  }

  @Test
  @SuppressWarnings("NullAway") // what is tested
  void write_nullAmongBuffers_namesItsPosition() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          ByteBuffer none = null;
          assertThatThrownBy(() -> pair.first().write(ByteBuffer.allocate(1), none))
              .isInstanceOf(NullPointerException.class).hasMessage("buffers[1] must not be null");
          return null;
        });
  }

  @Test
  void writeFile_allOfIt() throws IOException {
    byte[] content = new byte[500_000];
    new java.util.Random(5).nextBytes(content);
    Path file = Files.write(folder.resolve("content"), content);
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          Task<Long> writing = Asyncio.createTask(pair.first().writeFile(file));
          assertThat(a.await(pair.second().readExactly(content.length))).isEqualTo(content);
          assertThat(a.await(writing)).isEqualTo(content.length);
          return null;
        });
  }

  @Test
  void abort_withUnsentData_thePeerSeesAReset() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair(10);
          pair.first().write("more than ten bytes");
          Task<@Nullable String> reader = Asyncio.createTask(async(b -> b.await(pair.second().readLine())));
          a.await(Asyncio.yieldNow());
          pair.first().abort();
          a.await(ended(reader));
          assertThat(reader.exception()).isInstanceOf(SocketException.class).hasMessageContaining("reset");
          assertThatThrownBy(() -> pair.second().write("x")).isInstanceOf(IOException.class);
          assertThat(pair.first().isClosed()).isTrue();
          return null;
        });
  }

  @Test
  void close_theOtherEndReadsTheRest_andCannotWrite() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          pair.first().write("last words");
          pair.first().close();
          assertThat(text(a.await(pair.second().readAll(100)))).isEqualTo("last words");
          assertThatThrownBy(() -> pair.second().write("x")).isInstanceOf(IOException.class).hasMessageContaining("broken");
          a.await(pair.first().closed());
          return null;
        });
  }

  @Test
  void endOfRun_unreadData_isReported() {
    run(
        a -> {
          ByteStream.pair(10).first().write("more than ten bytes");
          return null;
        });
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).contains("9 bytes written to", "had not been sent");
  }
}
