package dev.heddle.process.worker;

import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.TaskDecoder;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.futures.TaskCallable;
import dev.heddle.process.errors.ProcessErrors;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameWriter;
import dev.heddle.process.wire.Outbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The training run for the AOT cache: a worker with both ends of its connection in one JVM. It runs nothing of the user's.
 */
public final class TrainingRun {
  private static final int LONGEST_SOCKET_PATH = 90; // as in WorkerHome
  private static final int ROUNDS = 200;

  private TrainingRun() {}

  /**
   * Runs a worker from its start to its end.
   *
   * @param args a folder for what parent and worker share
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Claims claims = Claims.create(folder.resolve("w1.claims"));
    Outbox.create(folder.resolve("w1.outbox"));
    Path path = folder.resolve("w1.sock");
    boolean unix = path.toString().length() <= LONGEST_SOCKET_PATH;
    ServerSocketChannel server = unix
        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))
        : ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    String address = unix ? "unix:" + path : "tcp:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    Thread.ofPlatform().name("heddle-parent").daemon(true).start(() -> playParent(server, claims));
    TaskDecoder.warmUp();
    readFromFolder(folder);
    WorkerMain.main(new String[]{address, folder.toString(), "1", ""});
  }

  /**
   * Class files of programs are read by the JDK's classes for addresses; those for addresses in a folder are others than
   * those for jars.
   */
  private static void readFromFolder(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("class"), "of a program");
    try (InputStream in = file.toUri().toURL().openStream()) {
      byte[] _ = in.readAllBytes();
    }
    Files.delete(file);
  }

  private static void playParent(ServerSocketChannel server, Claims claims) {
    try (SocketChannel worker = server.accept()) {
      Thread.ofPlatform().name("heddle-results").daemon(true).start(() -> discard(worker));
      FrameWriter writer = new FrameWriter();
      writer.put(Frame.PREPARE, 0, -1, Frame.EMPTY);
      TaskEncoder encoder = new TaskEncoder(new ProcessErrors());
      List<Integer> defined = new ArrayList<>();
      for (int i = 1; i <= ROUNDS; i++) { // fewer than there are places in the page of claims, so that none need be waited for
        EncodedTask task = encoder.encode(task(i));
        if (!defined.contains(task.site().id())) {
          defined.add(task.site().id());
          writer.put(Frame.DEFINE, task.site().id(), 0, task.site().definition());
        }
        claims.announce(i);
        writer.put(Frame.TASK, i, task.site().id(), task.payload());
      }
      writer.put(Frame.QUIT, 0, 0, Frame.EMPTY);
      while (!writer.flush(worker)) {
        // until all is written
      }
      Thread.currentThread().join(); // keeps the connection; the worker ends the JVM
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  /** What tasks usually do: compute, return objects, and sometimes throw. */
  static TaskCallable<?> task(int number) {
    List<String> captured = new ArrayList<>(List.of("some", "words"));
    long[] array = {number};
    return switch (number % 20) {
      case 1 -> () -> captured;
      case 2 -> () -> array;
      case 3 -> () -> "number " + number;
      case 4 -> () -> {
        throw new IllegalStateException("number " + number);
      };
      default -> number(number);
    };
  }

  /** The plainest task. */
  static TaskCallable<?> number(int number) {
    return () -> number + 1;
  }

  private static void discard(SocketChannel worker) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
      while (worker.read(buffer) >= 0) {
        buffer.clear();
      }
    } catch (IOException e) {
      // it is over
    }
  }
}
