package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Streams over blocking ones, and a child process whose input and output are awaited. */
@org.junit.jupiter.api.Timeout(60)
class PipeStreamsTest {
  private final List<LoopProblem> problems = new ArrayList<>();

  private <T extends @Nullable Object> T run(AsyncBody<T> body) {
    return EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void childProcess_moreThanItsPipesHold_goesThroughBothWays() {
    int lines = 50_000;
    run(
        a -> {
          Process cat = new ProcessBuilder("cat").start();
          StreamWriter in = StreamWriter.of(cat.getOutputStream());
          StreamReader out = StreamReader.of(cat.getInputStream());
          Task<@Nullable Void> writing = Asyncio.createTask(
              Async.action(
                  b -> {
                    for (int i = 0; i < lines; i++) {
                      in.write("line " + i + "\n");
                      b.await(in.drain());
                    }
                    in.close();
                  }));
          AsyncIterator<String> all = out.lines();
          int count = 0;
          while (a.await(all.hasNext())) {
            assertThat(all.next()).isEqualTo("line " + count++);
          }
          assertThat(count).isEqualTo(lines);
          a.await(writing);
          a.await(in.closed());
          assertThat(a.await(cat.onExit()).exitValue()).isZero();
          out.close();
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void reader_allKindsOfReads() {
    run(
        a -> {
          StreamReader in = StreamReader.of(new ByteArrayInputStream("one\ntwo;rest".getBytes(StandardCharsets.UTF_8)));
          assertThat(a.await(in.readLine())).isEqualTo("one");
          assertThat(a.await(in.readUntil(new byte[]{';'}, 10))).asString(StandardCharsets.UTF_8).isEqualTo("two;");
          assertThat(a.await(in.readAll(10))).asString(StandardCharsets.UTF_8).isEqualTo("rest");
          assertThat(a.await(in.readLine())).isNull();
          in.close();
          assertThat(in.isClosed()).isTrue();
          return null;
        });
  }

  @Test
  void reader_readToItsEndAndNotClosed_keepsNoThread() {
    List<Thread> threads = new ArrayList<>();
    run(
        a -> {
          StreamReader in = StreamReader.of(
              new InputStream() {
                @Override
                public int read() {
                  threads.add(Thread.currentThread());
                  return -1;
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                  return read();
                }
              });
          assertThat(a.await(in.readLine())).isNull();
          Thread reader = threads.getFirst();
          a.await(Asyncio.toThread(
              () -> {
                reader.join(); // bounded by the test's time
                return null;
              }));
          return null;
        });
    assertThat(threads).hasSize(1);
  }

  @Test
  void reader_failure_isThrownAtTheRead() {
    run(
        a -> {
          StreamReader in = StreamReader.of(
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("the disk is gone");
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                  return read();
                }
              });
          assertThatThrownBy(() -> EventLoop.run(b -> null)).isInstanceOf(LoopStateException.class);
          try {
            a.await(in.readLine());
          } catch (IOException e) {
            assertThat(e).hasMessageContaining("the disk is gone");
            return null;
          }
          throw new AssertionError("no failure");
        });
  }

  @Test
  void reader_cancelledRead_losesNothing() {
    CountDownLatch there = new CountDownLatch(1);
    run(
        a -> {
          StreamReader in = StreamReader.of(
              new InputStream() {
                private boolean ended;

                @Override
                public int read() {
                  throw new UnsupportedOperationException();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                  if (ended) {
                    return -1;
                  }
                  ended = true;
                  try {
                    there.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  into[offset] = '!';
                  return 1;
                }
              });
          Task<@Nullable String> cancelled = Asyncio.createTask(Async.of(b -> b.await(in.readLine())));
          a.await(Asyncio.yieldNow());
          a.await(Asyncio.yieldNow());
          cancelled.cancel();
          a.await(Asyncio.wait(List.of(cancelled)));
          there.countDown();
          assertThat(a.await(in.readLine())).isEqualTo("!");
          return null;
        });
  }

  @Test
  void writer_slowTarget_drainWaits_closedMeansWritten() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    CountDownLatch go = new CountDownLatch(1);
    run(
        a -> {
          StreamWriter out = StreamWriter.of(
              new OutputStream() {
                @Override
                public void write(int b) {
                  target.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  target.write(bytes, offset, length);
                }
              });
          out.write(new byte[300_000]);
          Task<@Nullable Void> drained = Asyncio.createTask(Async.action(b -> b.await(out.drain())));
          a.await(Asyncio.yieldNow());
          a.await(Asyncio.yieldNow());
          assertThat(drained.isDone()).isFalse();
          go.countDown();
          a.await(drained);
          out.close();
          a.await(out.closed());
          assertThat(target.size()).isEqualTo(300_000);
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void writer_failure_isThrownAtTheNextDrain() {
    run(
        a -> {
          StreamWriter out = StreamWriter.of(
              new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  throw new IOException("the disk is full");
                }
              });
          out.write("x");
          try {
            while (true) {
              out.write(new byte[100_000]);
              a.await(out.drain());
            }
          } catch (IOException e) {
            assertThat(e).hasStackTraceContaining("the disk is full");
          }
          out.close();
          return null;
        });
  }
}
