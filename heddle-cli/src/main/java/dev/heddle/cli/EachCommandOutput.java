package dev.heddle.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints what jobs wrote, each job's as a whole: in the order in which they end, or in that of the inputs. */
final class EachCommandOutput {
  private final PrintStream out;
  private final PrintStream err;
  private final PrintWriter messages;
  private final boolean keepOrder;
  private final boolean tag;
  private final boolean bar;
  private final Map<Long, Optional<EachCommandJob>> waiting = new TreeMap<>();
  private long next = 1;

  /**
   * An output of nothing as yet.
   *
   * @param bar whether a bar is drawn in the line below
   */
  EachCommandOutput(
      PrintStream out, PrintStream err, PrintWriter messages, boolean keepOrder, boolean tag, boolean bar) {
    this.out = out;
    this.err = err;
    this.messages = messages;
    this.keepOrder = keepOrder;
    this.tag = tag;
    this.bar = bar;
  }

  /** A job that will not be run. */
  void skipped(long number) throws IOException {
    if (keepOrder) {
      waiting.put(number, Optional.empty());
      printTurn();
    }
  }

  void ended(EachCommandJob job) throws IOException {
    if (!keepOrder) {
      print(job);
      return;
    }
    waiting.put(job.number(), Optional.of(job));
    printTurn();
  }

  private void printTurn() throws IOException {
    for (Optional<EachCommandJob> turn = waiting.remove(next); turn != null; turn = waiting.remove(++next)) {
      if (turn.isPresent()) {
        print(turn.get());
      }
    }
  }

  /** Nothing more comes: what waits for jobs that were stopped is printed as well. */
  void finish() throws IOException {
    for (Optional<EachCommandJob> job : waiting.values()) {
      if (job.isPresent()) {
        print(job.get());
      }
    }
    waiting.clear();
  }

  private void print(EachCommandJob job) throws IOException {
    copy(job.out(), out, job.input());
    copy(job.err(), err, job.input());
    if (job.problem() != null) {
      messages.println("heddle each: job " + job.number() + " (" + job.input() + "): " + job.problem());
      messages.flush();
    }
  }

  private void copy(Path from, PrintStream to, String input) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    if (tag) {
      byte[] head = (input + "\t").getBytes(StandardCharsets.UTF_8);
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
    if (bar && (to == err || Terminal.canAnimate()) && endsInALine(from)) {
      messages.println(); // else the bar would erase that line; only the screen gets the line break
      messages.flush();
    }
    Files.delete(from);
  }

  private static boolean endsInALine(Path written) throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(written)) {
      if (bytes.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      bytes.position(bytes.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  /** Whether nobody reads any more, as behind {@code | head}. */
  boolean isBroken() {
    return out.checkError();
  }
}
