package dev.heddle.cli.each.output;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.RunningProcess;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Prints the outputs of running jobs line by line. Lines of different jobs do not mix, unless they are longer than 1 MiB.
 * Thread-safe. Origin: {@code --line-buffer} of GNU parallel.
 */
public final class LiveOutput {
  private static final int LONGEST = 1 << 20;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean tag;
  private final JobProgressBar bar;

  public LiveOutput(PrintStream out, PrintStream err, boolean tag, JobProgressBar bar) {
    this.out = out;
    this.err = err;
    this.tag = tag;
    this.bar = bar;
  }

  /** Runs a command to its end; an interrupt ends it with its child processes. */
  public CompletedProcess run(Command command, JobInput input) throws InterruptedException {
    byte[] head = tag ? input.tag() : new byte[0];
    try (RunningProcess process = command.withStdout(Output.stream()).withStderr(Output.stream()).start()) {
      Thread[] readers = {reader(process.stdout(), out, head), reader(process.stderr(), err, head)};
      CompletedProcess ended = process.result();
      for (Thread each : readers) {
        each.join(); // its stream has ended
      }
      return ended;
    }
  }

  private Thread reader(InputStream from, PrintStream to, byte[] head) {
    return Thread.ofVirtual().name("heddle-each-lines").start(() -> {
      try (from) {
        copy(new BufferedInputStream(from), to, head);
      } catch (IOException e) {
        // the job was ended; what it has written until then was printed
      }
    });
  }

  /** Copies lines until the end, or until the reader of the output has ended: then the next write of the job fails. */
  private void copy(InputStream from, PrintStream to, byte[] head) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = from.read(); next >= 0; next = from.read()) {
        if (line.size() == 0) {
          line.writeBytes(head);
        }
        line.write(next);
        if ((next == '\n' || line.size() >= LONGEST) && !print(line, to)) {
          return;
        }
      }
    } finally {
      print(line, to);
    }
  }

  private boolean print(ByteArrayOutputStream line, PrintStream to) throws IOException {
    if (line.size() > 0) {
      synchronized (this) {
        bar.above(() -> line.writeTo(to));
        to.flush();
      }
      line.reset();
    }
    return !to.checkError();
  }
}
