package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.OutputListener.Printed;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameReader;
import dev.heddle.process.wire.FrameWriter;
import dev.heddle.process.wire.MalformedFrameException;
import dev.heddle.testkit.Bounded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes between parent and workers: output, large payloads, and garbage. */
@Bounded(seconds = 120)
class MessagesTest {

  @Test
  void output_ofTasks_comesWithTheirNamesAndBeforeTheirEnd() {
    Queue<Printed> heard = new ConcurrentLinkedQueue<>();
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withOutput(heard::add))) {
      pool.submit(TaskOptions.named("speaker"), () -> {
        System.out.println("hello");
        System.err.print("oh — ");
        System.out.print("no end of line");
      })
          .result();
      assertThat(heard).allMatch(each -> each.task().equals("speaker"));
      assertThat(text(heard, OutputListener.StandardStream.OUT)).isEqualTo("hello\nno end of line");
      assertThat(text(heard, OutputListener.StandardStream.ERR)).isEqualTo("oh — ");
      int before = heard.size();
      String large = "x".repeat(100_000);
      assertThat(pool.submit(TaskOptions.named("loud"), () -> { System.out.print(large); }).exception()).isNull();
      assertThat(heard.stream().skip(before).map(Printed::text).reduce("", String::concat)).isEqualTo(large);
    }
  }

  private static String text(Queue<Printed> heard, OutputListener.StandardStream stream) {
    return heard.stream().filter(each -> each.stream() == stream).map(Printed::text).reduce("", String::concat);
  }

  @Test
  void output_ofATaskThatCrashes_isNotLost() {
    Queue<Printed> heard = new ConcurrentLinkedQueue<>();
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withOutput(heard::add))) {
      pool.submit(() -> {
        System.out.println("last words");
        Runtime.getRuntime().halt(1);
      })
          .exception();
      assertThat(text(heard, OutputListener.StandardStream.OUT)).isEqualTo("last words\n");
    }
  }

  @Test
  void payloads_ofManySizes_comeBackTheSame() {
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      for (int size : new int[]{0, 1, 17, 65_519, 65_520, 65_536, 200_000, 1 << 20, 5_000_000}) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        assertThat(pool.submit(() -> data).result()).as("%d bytes", size).isEqualTo(data);
      }
      String text = "ä€𝄞".repeat(300_000);
      assertThat(pool.submit(() -> text + "!").result()).isEqualTo(text + "!");
    }
  }

  @Test
  @Tag("long")
  void payloads_of256MiB_comeBackTheSame() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withJvm(jvm -> jvm.withHeap(1L << 30)))) {
      long[] data = new long[32 << 20];
      data[data.length - 1] = 42;
      long[] back = pool.submit(() -> data).result();
      assertThat(back.length).isEqualTo(data.length);
      assertThat(back[back.length - 1]).isEqualTo(42);
    }
  }

  @Test
  void message_overTheLimit_failsItsTask() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withMaxMessage(100_000))) {
      byte[] large = new byte[200_000];
      assertThatThrownBy(() -> pool.submit(() -> large.length).result())
          .hasCauseInstanceOf(MessageTooLargeException.class)
          .hasMessageContaining("maxMessage");
      assertThat(pool.submit(() -> new byte[200_000]).exception()).isInstanceOf(ProcessException.class);
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }

  @Test
  void garbage_fromAWorker_costsItsTask() {
    ProcessOptions options = ProcessOptions.defaults().withOutput(OutputListener.dropping());
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      for (int seed = 1; seed <= 3; seed++) {
        int given = seed;
        Future<Integer> hostile = pool.submit(() -> HostileWorker.writeToAllSockets(garbage(given)));
        assertThat(hostile.exception()).as("seed %d", seed).isInstanceOf(WorkerCrashedException.class);
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      }
    }
  }

  @Test
  void frame_forgedByATask_costsThatTaskOnly() {
    ProcessOptions options = ProcessOptions.defaults().withOutput(OutputListener.dropping());
    byte[] own = HostileWorker.forged(Frame.RESULT, 1, 0);
    Map<String, byte[]> frames = Map.of(
        "a failed preparation", HostileWorker.forged(Frame.UNPREPARED, 0, 0),
        "another preparation", HostileWorker.forged(Frame.READY, 0, 0),
        "a preparation with a body", HostileWorker.forged(Frame.READY, 0, 9),
        "another greeting", HostileWorker.forged(Frame.HELLO, 0, 32),
        "the end of a task that was not given", HostileWorker.forged(Frame.RESULT, 1_234_567, 0),
        "the end of its own task, twice", ByteBuffer.allocate(2 * own.length).put(own).put(own).array(),
        "no known type", HostileWorker.forged((byte) 99, 0, 0),
        "a class name that is too long", HostileWorker.forged(Frame.NEED_CLASS, 0, 70_000));
    frames.forEach(
        (what, frame) -> {
          try (ProcessExecutor pool = ProcessPool.of(1, options)) {
            Future<Integer> hostile = pool.submit(() -> HostileWorker.writeToAllSockets(frame)); // its number is 1
            Future<Integer> next = pool.submit(() -> 1);
            assertThat(hostile.exception()).as(what).isNotNull();
            assertThat(next.result()).as(what).isEqualTo(1);
          }
        });
  }

  private static byte[] garbage(int seed) {
    byte[] garbage = new byte[1_000];
    new Random(seed).nextBytes(garbage);
    return garbage;
  }

  @Test
  void frames_cutAnywhere_comeOutWhole() throws IOException {
    Random random = new Random(7);
    FrameWriter writer = new FrameWriter();
    List<byte[]> bodies = new ArrayList<>();
    for (int size : new int[]{0, 1, 100, 70_000, 3, 2_000_000, 5}) {
      byte[] body = new byte[size];
      random.nextBytes(body);
      bodies.add(body);
      writer.put(Frame.TASK, bodies.size(), size, body);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!writer.flush(Channels.newChannel(bytes))) {
      // it writes no more than a part at once
    }
    assertThat(writer.isEmpty()).isTrue();
    FrameReader reader = FrameReader.ofWorker();
    ReadableByteChannel source = Channels.newChannel(new Trickle(bytes.toByteArray(), random));
    for (int i = 0; i < bodies.size(); i++) {
      Frame frame = reader.next();
      while (frame == null) {
        assertThat(reader.fill(source)).isPositive();
        frame = reader.next();
      }
      assertThat(frame.id()).isEqualTo(i + 1);
      assertThat(frame.value()).isEqualTo(bodies.get(i).length);
      assertThat(frame.body()).isEqualTo(bodies.get(i));
    }
  }

  /** Gives its bytes in pieces of random size. */
  private static final class Trickle extends ByteArrayInputStream {
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 1 + random.nextInt(9_000)));
    }

    @Override
    public int available() {
      return 0; // so that the channel reads once only
    }
  }

  @Test
  void frame_thatAnnouncesTooMuch_isRefusedWithoutTakingMemory() throws IOException {
    for (int length : new int[]{-1, Integer.MIN_VALUE, 1_001, Integer.MAX_VALUE}) {
      byte[] bytes = java.nio.ByteBuffer.allocate(Frame.HEADER).putInt(length).put(Frame.RESULT).array();
      FrameReader reader = FrameReader.ofParent(1_000);
      reader.fill(Channels.newChannel(new ByteArrayInputStream(bytes)));
      assertThatThrownBy(reader::next).isInstanceOf(MalformedFrameException.class).hasMessageContaining("" + length);
    }
  }
}
