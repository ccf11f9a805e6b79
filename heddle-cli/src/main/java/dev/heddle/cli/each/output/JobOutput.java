package dev.heddle.cli.each.output;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.StandardOutput;
import dev.heddle.cli.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_PROBLEM = 1000;

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
    copy(job.out(), out, job.input());
    copy(job.err(), err, job.input());
    if (job.problem() != null) {
      messages.println(
          "heddle each: job " + job.number() + " (" + job.input().shown() + "): "
              + ControlCharacters.shortened(job.problem(), LONGEST_PROBLEM));
      messages.flush();
    }
  }

  private void copy(Path from, PrintStream to, JobInput input) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    if (tag) {
      copyTagged(from, to, input.tag());
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

  /** Copies lines, each behind the tag, in few writes: one for each line would take most of the time. */
  private static void copyTagged(Path from, PrintStream to, byte[] head) throws IOException {
    byte[] chunk = new byte[CHUNK];
    boolean begin = true;
    try (InputStream in = Files.newInputStream(from)) {
      OutputStream lines = new BufferedOutputStream(to, CHUNK);
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        for (int start = 0, end; start < length; start = end) {
          if (begin) {
            lines.write(head);
          }
          end = lineEnd(chunk, start, length);
          lines.write(chunk, start, end - start);
          begin = chunk[end - 1] == '\n';
        }
      }
      lines.flush();
    }
  }

  /** Returns where the line that begins at {@code start} ends in the chunk, behind its line break. */
  private static int lineEnd(byte[] chunk, int start, int length) {
    int end = start;
    while (end < length && chunk[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, length);
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

  /**
   * Whether the output cannot be written any more: its reader has ended, as in {@code | head}, or {@link StandardOutput}
   * knows why.
   */
  public boolean isBroken() {
    return out.checkError();
  }
}
