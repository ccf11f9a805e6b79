package dev.heddle.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of the jobs that came to their end, one line each, from which a later run can go on. Origin: {@code --joblog} of
 * GNU parallel, whose columns these are. Used by one thread at a time.
 */
final class EachCommandLog implements AutoCloseable {
  private static final String HEAD = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";
  private static final int COLUMNS = HEAD.split("\t").length;

  /** What the log of an earlier run tells of a job. */
  private record Entry(boolean success, String command) {}

  private final Path file;
  private final Map<Long, Entry> earlier;
  private final boolean redoFailed;
  private final BufferedWriter writer;

  private EachCommandLog(Path file, Map<Long, Entry> earlier, boolean redoFailed, BufferedWriter writer) {
    this.file = file;
    this.earlier = earlier;
    this.redoFailed = redoFailed;
    this.writer = writer;
  }

  /** A new log; what was in the file is lost. */
  static EachCommandLog create(Path file) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(file);
    writer.write(HEAD + "\n");
    writer.flush();
    return new EachCommandLog(file, Map.of(), false, writer);
  }

  /** Goes on with the log of an earlier run; if there is none, a new one is begun. */
  static EachCommandLog resume(Path file, boolean redoFailed) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return create(file);
    }
    List<String> lines = Files.readAllLines(file);
    if (!lines.getFirst().equals(HEAD)) {
      throw new IllegalArgumentException("the file " + file + " is no job log: its first line is not '"
          + HEAD.replace('\t', ' ') + "'; name another");
    }
    boolean broken = endsInTheMiddle(file);
    Map<Long, Entry> earlier = new HashMap<>();
    for (String line : lines.subList(1, broken ? lines.size() - 1 : lines.size())) {
      read(line, earlier);
    }
    BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    if (broken) {
      writer.write("\n"); // the run was killed while it wrote: that job is done again
    }
    return new EachCommandLog(file, earlier, redoFailed, writer);
  }

  private static boolean endsInTheMiddle(Path file) throws IOException {
    try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
      end.seek(end.length() - 1);
      return end.read() != '\n';
    }
  }

  private static void read(String line, Map<Long, Entry> earlier) {
    String[] columns = line.split("\t", COLUMNS);
    if (columns.length == COLUMNS && columns[0].matches("\\d{1,18}")) { // the rest of a broken line is nobody's
      earlier.put(Long.parseLong(columns[0]), new Entry(columns[6].equals("0") && columns[7].equals("0"), columns[8]));
    }
  }

  /**
   * Whether a job is to be run.
   *
   * @throws IllegalArgumentException if the log has another command under this number
   */
  boolean isToDo(long number, String command) {
    @Nullable
    Entry entry = earlier.get(number);
    if (entry == null) {
      return true;
    }
    if (!entry.command().equals(command)) {
      throw new IllegalArgumentException("job " + number + " is '" + command + "', but the log " + file + " has '"
          + entry.command() + "': it is that of another command, or of other inputs; give the same, or leave --resume out");
    }
    return redoFailed && !entry.success();
  }

  /** Adds a job that came to its end; it is in the file when this returns. */
  void add(EachCommandJob job, String command) throws IOException {
    writer.write(String.format(Locale.ROOT, "%d\t:\t%.3f\t%10.3f\t0\t%d\t%d\t%d\t%s\n", job.number(),
        job.startMillis() / 1e3, job.seconds(), job.outputBytes(), job.exitCode(), job.signal(), command));
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
