package dev.heddle.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gates and tallies that tasks in other processes can use: they send requests to this JVM over a socket.
 *
 * <p>Thread-safe. Gates and tallies can be used until this object is closed, which ends every wait at them elsewhere with
 * an exception.
 */
public final class CrossProcessLatches implements AutoCloseable {
  private static final Map<Integer, CrossProcessLatches> HERE = new ConcurrentHashMap<>(); // by port

  private final ServerSocket server;
  private final Map<Integer, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<Integer, LocalTally> tallies = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  private CrossProcessLatches(ServerSocket server) {
    this.server = server;
  }

  /** Creates an object that serves its gates and tallies on a free port of the loopback interface. */
  public static CrossProcessLatches open() {
    try {
      CrossProcessLatches opened = new CrossProcessLatches(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
      HERE.put(opened.port(), opened);
      Thread.ofPlatform().name("cross-process-latches").daemon(true).start(opened::accept);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int port() {
    return server.getLocalPort();
  }

  /** Creates a closed gate. */
  public Gate newGate() {
    int number = numbers.incrementAndGet();
    gates.put(number, new CountDownLatch(1));
    return new FarGate(port(), number);
  }

  /** Creates a tally at zero. */
  public Tally newTally() {
    int number = numbers.incrementAndGet();
    tallies.put(number, new LocalTally());
    return new FarTally(port(), number);
  }

  @Override
  public void close() {
    HERE.remove(port());
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    gates.values().forEach(CountDownLatch::countDown);
  }

  // ---- the server ----

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        caller.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (SocketException e) {
        // closed; the loop ends
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      DataInputStream in = new DataInputStream(caller.getInputStream());
      DataOutputStream out = new DataOutputStream(caller.getOutputStream());
      while (true) {
        int what = in.read();
        if (what < 0) {
          return;
        }
        int number = in.readInt();
        out.writeInt(answer((char) what, number, in.readInt()));
      }
    } catch (IOException e) {
      // the caller is gone, killed perhaps
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int answer(char what, int number, int argument) throws InterruptedException {
    switch (what) {
      case 'o' -> gate(number).countDown();
      case 'w' -> gate(number).await();
      case 'h' -> {
        return tally(number).hit();
      }
      case 'c' -> {
        return tally(number).count();
      }
      case 'a' -> tally(number).await(argument);
      default -> {
        return (int) gate(number).getCount();
      }
    }
    return 0;
  }

  private CountDownLatch gate(int number) {
    return known(gates.get(number), number);
  }

  private LocalTally tally(int number) {
    return known(tallies.get(number), number);
  }

  private static <T> T known(@Nullable T found, int number) {
    if (found == null) {
      throw new IllegalArgumentException("nothing here has the number " + number);
    }
    return found;
  }

  // ---- the other side ----

  private static int ask(int port, char what, int number, int argument) {
    CrossProcessLatches here = HERE.get(port);
    if (here != null) {
      try {
        return here.answer(what, number, argument);
      } catch (InterruptedException e) {
        throw new AssertionError("only waits are interrupted", e);
      }
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] message = new byte[9];
      java.nio.ByteBuffer.wrap(message).put((byte) what).putInt(number).putInt(argument);
      out.write(message);
      return new DataInputStream(socket.getInputStream()).readInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(int port, char what, int number, int argument) throws InterruptedException {
    CrossProcessLatches here = HERE.get(port);
    if (here == null) {
      ask(port, what, number, argument);
    } else {
      here.answer(what, number, argument);
    }
  }

  /** A gate's address. */
  private record FarGate(int port, int number) implements Gate {
    @Override
    public void open() {
      ask(port, 'o', number, 0);
    }

    @Override
    public boolean isOpen() {
      return ask(port, 'g', number, 0) == 0;
    }

    @Override
    public void await() throws InterruptedException {
      CrossProcessLatches.await(port, 'w', number, 0);
    }
  }

  /** A tally's address. */
  private record FarTally(int port, int number) implements Tally {
    @Override
    public int hit() {
      return ask(port, 'h', number, 0);
    }

    @Override
    public int count() {
      return ask(port, 'c', number, 0);
    }

    @Override
    public void await(int atLeast) throws InterruptedException {
      CrossProcessLatches.await(port, 'a', number, atLeast);
    }
  }
}
