package dev.heddle.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.RemoteStandIn;
import dev.heddle.codec.TestErrors.ResultRefused;
import dev.heddle.codec.apps.Jobs;
import dev.heddle.codec.apps.Mishaps;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.shared.MappedArrays;
import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Bounded(seconds = 60)
class SharedArraysTest {
  private static final int LONGS = 1 << 18;

  @TempDir
  Path folder;

  private static long[] longs(int seed) {
    long[] all = new long[LONGS];
    Arrays.setAll(all, i -> i * 31L + seed);
    return all;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void largeArray_travelsOutsideTheMessage() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    EncodedTask task = ends.parent.encode(Jobs.echo(longs(1)));
    assertThat(task.payload()).hasSizeLessThan(100);
    assertThat(ends.run(Jobs.echo(longs(2)))).isEqualTo(longs(2));
    byte[] result = ends.worker.values().encode(new Object[]{longs(3), "and", List.of(longs(4))});
    assertThat(result).hasSizeLessThan(1000);
    Object[] back = (Object[]) requireNonNull(ends.parent.values().decode(result));
    assertThat(back[0]).isEqualTo(longs(3));
    assertThat(((List<?>) back[2]).get(0)).isEqualTo(longs(4));
  }

  @Test
  void segments_areUsedAgain() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    for (int i = 0; i < 50; i++) {
      EncodedTask task = ends.parent.encode(Jobs.echo(longs(i)));
      ends.worker.define(task.site().id(), task.site().definition());
      Object inWorker = ends.worker.decode(task.site().id(), task.payload()).call();
      assertThat(inWorker).isEqualTo(longs(i));
      task.release();
      assertThat(ends.parent.values().decode(ends.worker.values().encode(inWorker))).isEqualTo(longs(i));
    }
    assertThat(files()).containsExactly("arrays-0-0", "arrays-1-0");
  }

  @Test
  void segment_inUse_isNotOverwritten() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    EncodedTask[] tasks = new EncodedTask[20];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = ends.parent.encode(Jobs.echo(longs(i)));
    }
    ends.worker.define(tasks[0].site().id(), tasks[0].site().definition());
    for (int i = 0; i < tasks.length; i++) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(ends.worker.decode(tasks[i].site().id(), tasks[i].payload()).call()).isEqualTo(longs(i));
      }
    }
    assertThat(files()).hasSize(8);
  }

  @Test
  void result_discarded_freesItsSegment() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    for (int i = 0; i < 20; i++) {
      ends.parent.values().discard(ends.worker.values().encode(longs(i)));
    }
    assertThat(files()).containsExactly("arrays-1-0");
  }

  @Test
  void segment_withoutRoomInTheFileSystem_isGivenUp() throws Exception {
    try (SharedArrays arrays = SharedArrays.ofParent(folder)) {
      TaskEncoder parent = new TaskEncoder(DecodeLimits.DEFAULT, arrays, TestErrors.INSTANCE);
      for (int i = 0; i < Integer.getInteger("rounds", 50); i++) {
        EncodedTask good = parent.encode(Jobs.echo(longs(i)));
        assertThat(good.payload()).hasSizeLessThan(100);
        good.release();
        try (FileChannel channel = FileChannel.open(folder.resolve("arrays-0-" + i), StandardOpenOption.WRITE)) {
          channel.truncate(0); // as if the next to touch it found the disk full
        }
        assertThat(parent.encode(Jobs.echo(longs(i))).payload()).as("round %d", i).hasSizeGreaterThan(8 * LONGS);
        assertThat(files()).isEmpty();
      }
    }
  }

  @Test
  void segment_ofAWorkerThatHasVanished_isGivenUp() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    assertThat(ends.worker.values().encode(longs(1))).hasSizeLessThan(100);
    try (FileChannel channel = FileChannel.open(folder.resolve("arrays-1-0"), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(ends.parent.values().decode(ends.worker.values().encode(longs(i)))).isEqualTo(longs(i));
    }
    assertThat(files()).containsExactly("arrays-1-1");
  }

  @Test
  void failure_discarded_freesItsSegments() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    for (int i = 0; i < 20; i++) {
      Throwable holding = new Mishaps.Laden(longs(i));
      ends.parent.failures().discard(ends.worker.failures().encode(holding, "t"));
      Throwable partial = new PartialFailure(new Object[]{longs(i)}, holding);
      ends.parent.failures().discard(ends.worker.failures().encode(partial, "t"));
    }
    assertThat(files()).containsExactly("arrays-1-0", "arrays-1-1");
  }

  @Test
  void interruptedThread_isServedAndStaysInterrupted() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    Thread.currentThread().interrupt();
    byte[] result = ends.worker.values().encode(longs(1));
    Object back = ends.parent.values().decode(result);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).hasSizeLessThan(100);
    assertThat(back).isEqualTo(longs(1));
  }

  @Test
  void thread_interruptedAtAnyMoment_isServed() throws Exception {
    Thread reader = Thread.currentThread();
    AtomicBoolean over = new AtomicBoolean();
    Random pauses = new Random(7);
    Thread disturber = Thread.ofPlatform()
        .start(
            () -> {
              while (!over.get()) {
                reader.interrupt();
                LockSupport.parkNanos(pauses.nextInt(10_000, 1_000_000)); // also long enough for a slow disk
              }
            });
    try {
      for (int i = 0; i < 300; i++) { // a worker of its own each, whose file is mapped for the first time
        Ends ends = new Ends(new TaskEncoder(DecodeLimits.DEFAULT, SharedArrays.ofParent(folder), TestErrors.INSTANCE),
            folder, i + 1);
        byte[] result = ends.worker.values().encode(new byte[MappedArrays.SMALLEST]);
        assertThat(result).as("round %d", i).hasSizeLessThan(100);
        assertThat((byte[]) requireNonNull(ends.parent.values().decode(result))).hasSize(MappedArrays.SMALLEST);
        Files.delete(folder.resolve("arrays-" + (i + 1) + "-0"));
      }
    } finally {
      over.set(true);
      while (disturber.isAlive()) { // no longer than a pause; a join would end with its last interrupt
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }

  @Test
  void segments_tooSmall_areReplaced() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    for (int i = 0; i < 12; i++) {
      long[] array = new long[LONGS + (i << 17)];
      byte[] result = ends.worker.values().encode(array);
      assertThat(result).hasSizeLessThan(100);
      assertThat((long[]) requireNonNull(ends.parent.values().decode(result))).hasSameSizeAs(array);
    }
    assertThat(files()).hasSize(8);
  }

  @Test
  void deadWorker_leavesNothing() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    ends.worker.values().encode(longs(1));
    assertThat(files()).containsExactly("arrays-1-0");
    SharedArrays parent = SharedArrays.ofParent(folder);
    parent.reclaim(1);
    assertThat(files()).isEmpty();
  }

  @Test
  void reference_thatLies_isRefused() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    byte[] good = ends.worker.values().encode(longs(1));
    for (int at = 0; at < good.length; at++) {
      for (int value : new int[]{0, 1, 9, 127, -1, -128}) {
        byte[] bad = good.clone();
        bad[at] = (byte) value;
        try {
          ends.parent.values().decode(bad);
        } catch (ResultRefused e) {
          assertThat(e).hasMessageContaining("worker's result");
        }
      }
    }
    assertThatThrownBy(() -> ends.parent.values().decode(withLength(good, Integer.MAX_VALUE)))
        .isInstanceOf(ResultRefused.class);
  }

  private static byte[] withLength(byte[] message, int length) {
    return with(message, 12, length);
  }

  private static byte[] withOwner(byte[] message, int owner) {
    return with(message, 8, owner);
  }

  /** The message with another number at a place in the last line of its table, counted from the end. */
  private static byte[] with(byte[] message, int fromEnd, int number) {
    byte[] bad = message.clone();
    BinaryWriter.INTS.set(bad, bad.length - 8 - fromEnd, number);
    return bad;
  }

  @Test
  void reference_toTheMemoryOfAnother_isRefusedAndFreesNothing() throws Exception {
    TaskEncoder parent = new TaskEncoder(DecodeLimits.DEFAULT, SharedArrays.ofParent(folder), TestErrors.INSTANCE);
    EncodedTask task = parent.encode(Jobs.echo(longs(7)));
    Ends first = new Ends(parent, folder, 1);
    Ends second = new Ends(parent, folder, 2);
    byte[] result = first.worker.values().encode(longs(1));
    byte[] others = second.worker.values().encode(longs(2));
    Values fromFirst = parent.values().from(1);
    for (int owner : new int[]{0, 2, 3, -1, Integer.MAX_VALUE}) {
      byte[] bad = withOwner(result, owner);
      assertThatThrownBy(() -> fromFirst.decode(bad))
          .as("owner %d", owner)
          .isInstanceOf(ResultRefused.class)
          .hasMessageContaining("shared memory of " + owner);
      fromFirst.discard(bad);
    }
    byte[] tasks = withOwner(result, 0);
    assertThatThrownBy(() -> parent.values().decode(tasks)).isInstanceOf(ResultRefused.class);
    assertThat(parent.failures().from(1).decode(first.worker.failures().encode(new Mishaps.Laden(longs(3)), "t")))
        .isInstanceOf(Mishaps.Laden.class);
    byte[] failure = first.worker.failures().encode(new Mishaps.Laden(longs(3)), "t");
    assertThat(parent.failures().from(2).decode(failure)).isInstanceOf(RemoteStandIn.class);
    second.worker.values().encode(longs(4)); // it may not take the segment of the result that is under way
    assertThat(parent.values().from(2).decode(others)).isEqualTo(longs(2));
    assertThat(fromFirst.decode(result)).isEqualTo(longs(1));
    first.worker.define(task.site().id(), task.site().definition());
    assertThat(first.worker.decode(task.site().id(), task.payload()).call()).isEqualTo(longs(7));
  }

  @Test
  void file_thatIsShortOrStrange_isRefused() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    byte[] result = ends.worker.values().encode(longs(1));
    Path file = folder.resolve("arrays-1-0");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    }
    assertThatThrownBy(() -> ends.parent.values().decode(result)).isInstanceOf(ResultRefused.class);
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/etc/passwd"));
    assertThatThrownBy(() -> new Ends(DecodeLimits.DEFAULT, folder).parent.values().decode(result))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("no regular file");
  }

  @Test
  void file_cutWhileMapped_isATypedError() throws Exception {
    Ends ends = new Ends(DecodeLimits.DEFAULT, folder);
    ends.parent.values().decode(ends.worker.values().encode(longs(1)));
    byte[] result = ends.worker.values().encode(longs(2));
    try (FileChannel channel = FileChannel.open(folder.resolve("arrays-1-0"), StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    }
    assertThatThrownBy(() -> ends.parent.values().decode(result)).isInstanceOf(ResultRefused.class);
  }
}
