package dev.heddle.cli.each;

import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log with a line for each job that has ended, from which a later run can resume. Its format is that of {@code --joblog} of
 * GNU parallel. Used by one thread at a time.
 */
final class JobLog implements AutoCloseable {
  private static final String HEAD = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";
  private static final int LONGEST_LINE = 1 << 20; // longer than any argument of a command
  private static final int COLUMNS = HEAD.split("\t").length;

  /** A job in the log of an earlier run. */
  private record Entry(boolean success, String command) {}

  private final Path file;
  private final Map<Long, Entry> earlier;
  private final boolean redoFailed;
  private final BufferedWriter writer;

  private JobLog(Path file, Map<Long, Entry> earlier, boolean redoFailed, BufferedWriter writer) {
    this.file = file;
    this.earlier = earlier;
    this.redoFailed = redoFailed;
    this.writer = writer;
  }

  /** Creates a log; an existing file is overwritten. */
  static JobLog create(Path file) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(file);
    writer.write(HEAD + "\n");
    writer.flush();
    return new JobLog(file, Map.of(), false, writer);
  }

  /** Opens the log of an earlier run to append to it; creates a log if there is none. */
  static JobLog resume(Path file, boolean redoFailed) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return create(file);
    }
    List<String> lines = lines(file);
    if (!lines.getFirst().equals(HEAD)) {
      throw new IllegalArgumentException("the file " + file + " is not a job log: its first line is not '"
          + HEAD.replace('\t', ' ') + "'; choose another file");
    }
    boolean truncated = isTruncated(file);
    Map<Long, Entry> earlier = new HashMap<>();
    for (String line : lines.subList(1, truncated ? lines.size() - 1 : lines.size())) {
      read(line, earlier);
    }
    BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    if (truncated) {
      writer.write("\n"); // the earlier run was killed while writing; that job is run again
    }
    return new JobLog(file, earlier, redoFailed, writer);
  }

  /** Reads a file whose lines need not be UTF-8. */
  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          lines.add(Utf8Bytes.decode(line.toByteArray()));
          line.reset();
        } else {
          line.write(next);
          if (line.size() > LONGEST_LINE) {
            throw new IllegalArgumentException("the file " + file + " is not a job log: line " + (lines.size() + 1)
                + " is longer than " + LONGEST_LINE + " bytes at column " + line.size() + "; choose another file");
          }
        }
      }
      if (line.size() > 0) {
        lines.add(Utf8Bytes.decode(line.toByteArray()));
      }
    }
    return lines;
  }

  private static boolean isTruncated(Path file) throws IOException {
    try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
      end.seek(end.length() - 1);
      return end.read() != '\n';
    }
  }

  private static void read(String line, Map<Long, Entry> earlier) {
    String[] columns = line.split("\t", COLUMNS);
    if (columns.length == COLUMNS && columns[0].matches("\\d{1,18}")) { // other lines are truncated
      earlier.put(Long.parseLong(columns[0]), new Entry(columns[6].equals("0") && columns[7].equals("0"), columns[8]));
    }
  }

  /**
   * Returns whether a job must be run.
   *
   * @throws IllegalArgumentException if the log has another command under this number
   */
  boolean mustRun(long number, String command) {
    @Nullable
    Entry entry = earlier.get(number);
    if (entry == null) {
      return true;
    }
    if (!entry.command().equals(command)) {
      throw new IllegalArgumentException("job " + number + " is '" + command + "', but the log " + file + " has '"
          + entry.command() + "': it is the log of another command or other inputs; give the same ones, or omit --resume");
    }
    return redoFailed && !entry.success();
  }

  /** Appends a job that has ended; it is in the file when this returns. */
  void add(JobResult job, String command) throws IOException {
    writer.write(String.format(Locale.ROOT, "%d\t:\t%.3f\t%10.3f\t0\t%d\t%d\t%d\t%s\n", job.number(),
        job.startMillis() / 1e3, job.seconds(), job.outputBytes(), job.exitCode(), job.signal(), command));
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
