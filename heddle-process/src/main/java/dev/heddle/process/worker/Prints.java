package dev.heddle.process.worker;

import dev.heddle.process.wire.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Standard output and standard error of a worker: what is printed goes to the parent, with the task that was running. */
final class Prints {
  private final Connection connection;
  private final PrintStream out = stream(1);
  private final PrintStream err = stream(2);
  private volatile int task;

  private Prints(Connection connection) {
    this.connection = connection;
  }

  /** Takes the place of {@code System.out} and {@code System.err}. */
  static Prints install(Connection connection) {
    Prints prints = new Prints(connection);
    System.setOut(prints.out);
    System.setErr(prints.err);
    return prints;
  }

  private PrintStream stream(int number) {
    return new PrintStream(new Sender(number), true, StandardCharsets.UTF_8);
  }

  /** Another task begins, or 0 for none; what was printed before belongs to the last one. */
  void task(int id) {
    flush();
    task = id;
  }

  /** Sends what has been printed. */
  void flush() {
    out.flush();
    err.flush();
  }

  /** Collects what is printed until it is flushed, which a line end does. */
  private final class Sender extends OutputStream {
    private static final int LARGEST = 1 << 13;

    private final int number;
    private final byte[] buffer = new byte[LARGEST];
    private int used;

    Sender(int number) {
      this.number = number;
    }

    @Override
    public synchronized void write(int b) throws IOException {
      if (used == LARGEST) {
        flush();
      }
      buffer[used++] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > LARGEST - used) {
        flush();
      }
      if (length > LARGEST) {
        connection.send(Frame.OUTPUT, task, number, Arrays.copyOfRange(bytes, offset, offset + length));
        return;
      }
      System.arraycopy(bytes, offset, buffer, used, length);
      used += length;
    }

    @Override
    public synchronized void flush() throws IOException {
      if (used > 0) {
        byte[] text = Arrays.copyOf(buffer, used);
        used = 0;
        connection.send(Frame.OUTPUT, task, number, text);
      }
    }
  }
}
