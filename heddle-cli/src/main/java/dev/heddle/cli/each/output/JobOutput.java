package dev.heddle.cli.each.output;

import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints the output of each job as a whole, in the order in which the jobs end or in that of the inputs. */
public final class JobOutput {
  private final PrintStream out;
  private final PrintStream err;
  private final PrintWriter messages;
  private final boolean keepOrder;
  private final boolean tag;
  private final boolean bar;
  private final Map<Long, Optional<JobResult>> waiting = new TreeMap<>();
  private long next = 1;

  /**
   * Creates an output.
   *
   * @param bar whether a progress bar is drawn in the line below
   */
  public JobOutput(
      PrintStream out, PrintStream err, PrintWriter messages, boolean keepOrder, boolean tag, boolean bar) {
    this.out = out;
    this.err = err;
    this.messages = messages;
    this.keepOrder = keepOrder;
    this.tag = tag;
    this.bar = bar;
  }

  /** Notes that a job is skipped. */
  public void skipped(long number) throws IOException {
    if (keepOrder) {
      waiting.put(number, Optional.empty());
      printNext();
    }
  }

  public void ended(JobResult job) throws IOException {
    if (!keepOrder) {
      print(job);
      return;
    }
    waiting.put(job.number(), Optional.of(job));
    printNext();
  }

  private void printNext() throws IOException {
    for (Optional<JobResult> turn = waiting.remove(next); turn != null; turn = waiting.remove(++next)) {
      if (turn.isPresent()) {
        print(turn.get());
      }
    }
  }

  /** Prints the outputs that still wait for jobs that were stopped. */
  public void finish() throws IOException {
    for (Optional<JobResult> job : waiting.values()) {
      if (job.isPresent()) {
        print(job.get());
      }
    }
    waiting.clear();
  }

  private void print(JobResult job) throws IOException {
    copy(job.out(), out, job.input().text());
    copy(job.err(), err, job.input().text());
    if (job.problem() != null) {
      messages.println(
          "heddle each: job " + job.number() + " (" + ControlCharacters.escape(job.input().text()) + "): "
              + ControlCharacters.escape(job.problem()));
      messages.flush();
    }
  }

  private void copy(Path from, PrintStream to, String input) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    if (tag) {
      byte[] head = Utf8Bytes.encode(input + "\t");
      try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
        boolean begin = true;
        for (int next = in.read(); next >= 0; next = in.read()) {
          if (begin) {
            to.write(head);
          }
          to.write(next);
          begin = next == '\n';
        }
      }
    } else {
      Files.copy(from, to);
    }
    to.flush();
    if (bar && (to == err || Terminal.canAnimate()) && endsWithoutLineBreak(from)) {
      messages.println(); // otherwise the bar would erase that line
      messages.flush();
    }
    Files.delete(from);
  }

  private static boolean endsWithoutLineBreak(Path written) throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(written)) {
      if (bytes.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      bytes.position(bytes.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  /** Whether the reader of the output has ended, as in {@code | head}. */
  public boolean isBroken() {
    return out.checkError();
  }
}
