package dev.heddle.process;

import dev.heddle.process.wire.Frame;
import dev.heddle.testkit.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What tasks do that attack the protocol between their worker and its parent. Their methods run in workers, on Linux. */
@SuppressWarnings("restricted") // they play native code that has gone mad
final class HostileWorker {
  private HostileWorker() {}

  /** Returns a frame with a body of zeros. */
  static byte[] forged(byte type, int id, int length) {
    return ByteBuffer.allocate(Frame.HEADER + length).putInt(length).put(type).putInt(id).array();
  }

  /** Writes to every socket that this process has, one of which is the parent's; then it hangs. */
  static int writeToAllSockets(byte[] bytes) throws Exception {
    write(bytes);
    return hang();
  }

  /** Writes the same again and again. */
  static int flood(byte[] bytes) throws Exception {
    while (true) {
      write(bytes);
    }
  }

  /** Sleeps for longer than any test waits: it is killed before. */
  static int hang() throws InterruptedException {
    Thread.sleep(120_000);
    return 0;
  }

  private static void write(byte[] bytes) throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle write = linker.downcallHandle(
        linker.defaultLookup().find("write").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      for (Path each : descriptors()) {
        if (target(each).startsWith("socket:")) {
          write(write, Integer.parseInt(each.getFileName().toString()), memory);
        }
      }
    }
  }

  private static void write(MethodHandle write, int number, MemorySegment bytes) {
    try {
      long _ = (long) write.invokeExact(number, bytes, bytes.byteSize());
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // of the listing itself
    }
  }

  /** Returns what the descriptors of this process lead to. */
  static List<String> openFiles() throws IOException {
    return descriptors().stream().map(HostileWorker::target).toList();
  }

  /** Writes to this worker's own mapping of a file of the pool's. */
  static void tamper(String suffix, Consumer<ByteBuffer> change) throws IOException {
    String line = Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(each -> each.endsWith(suffix + " (deleted)")).findFirst().orElseThrow();
    String[] range = line.substring(0, line.indexOf(' ')).split("-");
    long from = Long.parseLong(range[0], 16);
    MemorySegment memory = MemorySegment.ofAddress(from).reinterpret(Long.parseLong(range[1], 16) - from);
    change.accept(memory.asByteBuffer().order(ByteOrder.nativeOrder()));
  }

  /** Waits for another worker of the pool to start, and truncates a file that it shares with the parent once it runs a task. */
  static boolean truncate(String folder, String name, Gate begun) throws IOException, InterruptedException {
    Path file = Path.of(folder, name);
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      begun.await();
      channel.truncate(0);
      return true;
    }
  }

  /** Returns the folder of the pool that this worker belongs to. */
  static String folder() {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      String line = maps.filter(each -> each.endsWith(".claims (deleted)")).findFirst().orElseThrow();
      return line.substring(line.indexOf('/'), line.lastIndexOf('/'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
