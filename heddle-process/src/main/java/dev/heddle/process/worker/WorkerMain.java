package dev.heddle.process.worker;

import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.TaskDecoder;
import dev.heddle.process.errors.ProcessErrors;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Defaults;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.Outbox;
import dev.heddle.timeline.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.FutureTask;

/** The main program of a worker process. */
public final class WorkerMain {
  private static final int BROKEN = 87;

  private WorkerMain() {}

  /**
   * Runs a worker until its parent has nothing more for it, or is gone.
   *
   * @param args where the parent listens, the pool's folder, which of its workers this is, the name of the class loader that
   *     is the context of tasks, and perhaps a file of properties that the command line cannot express
   */
  public static void main(String[] args) throws Exception {
    TerminalSignals.withstand(); // first: whatever comes before can be ended by a Ctrl-C
    if (args.length > 4) {
      setProperties(Path.of(args[4]));
    }
    Path folder = Path.of(args[1]);
    int number = Integer.parseInt(args[2]);
    FutureTask<Shared> mapping = new FutureTask<>(() -> Shared.map(folder, number));
    Thread.ofPlatform().name("heddle-start").daemon(true).start(() -> getReady(mapping));
    String line = line(System.in);
    int space = line.indexOf(' ');
    String token = space < 0 ? line : line.substring(0, space);
    if (line.length() > space + 1 && space >= 0) {
      Defaults.apply(line.substring(space + 1));
    }
    System.setIn(InputStream.nullInputStream());
    SocketAddress address = address(args[0]);
    SocketChannel socket = address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
    Shared shared = mapping.get();
    socket.connect(address); // then the parent deletes the files
    Connection connection = new Connection(socket, shared.outbox);
    connection.send(Frame.HELLO, 0, ProcessHandle.current().pid(), token.getBytes(StandardCharsets.US_ASCII));
    Prints prints = Prints.install(connection);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> sayGoodbye(connection, prints)));
    TaskDecoder decoder = new TaskDecoder(connection, SharedArrays.ofWorker(folder, number), new ProcessErrors());
    TaskLoop loop = new TaskLoop(connection, shared.claims, prints, decoder, decoder.loader(args[3]));
    try {
      loop.run();
    } catch (IOException e) {
      ParentWatch.end(); // the connection is lost: the parent is gone, or has given this worker up
    } catch (Throwable e) { // out of threads or memory where no task's own code ran
      Runtime.getRuntime().halt(BROKEN); // else threads of tasks might keep alive a process that does nothing any more
    }
    System.exit(0); // other threads may be running, and shutdown hooks have a right to run
  }

  private static void setProperties(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    properties.forEach((name, value) -> System.setProperty((String) name, (String) value));
  }

  /** Does what can be done beside the making of a socket, which loads hundreds of classes and takes 20 ms. */
  private static void getReady(Runnable mapping) {
    mapping.run();
    URL _ = Timeline.class.getResource("Timeline.class"); // opens Heddle's jars, behind which the tasks' classes are looked for
  }

  /** The memory that worker and parent share. */
  private record Shared(Claims claims, Outbox outbox) {
    static Shared map(Path folder, int number) throws IOException {
      ParentWatch.start(folder);
      Claims claims = Claims.map(folder.resolve("w" + number + ".claims"));
      return new Shared(claims, Outbox.map(folder.resolve("w" + number + ".outbox")));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        ParentWatch.end(); // the parent has ended before this worker began
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static SocketAddress address(String text) {
    String where = text.substring(text.indexOf(':') + 1);
    return text.startsWith("unix:")
        ? UnixDomainSocketAddress.of(where)
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(where));
  }

  private static void sayGoodbye(Connection connection, Prints prints) {
    try {
      prints.flush();
      connection.send(Frame.EXITING, 0, 0, Frame.EMPTY);
    } catch (IOException e) {
      // the parent has closed the connection
    }
  }
}
