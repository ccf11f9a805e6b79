package dev.heddle.cli.each.log;

import dev.heddle.cli.each.job.Pieces;
import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the log of an earlier run, which another program may have written. A line that is cut off is left out, since a run
 * that was killed leaves one, and its job is run again; any other line that is wrong is an error.
 */
final class JobLogReader {
  /** The largest log: its jobs are kept in memory, where they take some times as much. */
  static final long MOST_BYTES = Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 8);

  private static final int EXIT_CODE = 6;
  private static final int SIGNAL = 7;
  private static final int COMMAND = 8;
  private static final Pattern JOB = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CODE = Pattern.compile("-?[0-9]{1,9}");

  private final Path file;
  private final String head;
  private final int columns;
  private final Map<Long, Entry> entries = new HashMap<>();
  private int lines;
  private boolean truncated;

  /** A job in the log. */
  record Entry(boolean success, String command) {}

  private JobLogReader(Path file, String head) {
    this.file = file;
    this.head = head;
    this.columns = head.split("\t").length;
  }

  /**
   * Reads a log.
   *
   * @param head its first line
   * @throws IllegalArgumentException if it is not a job log; the message has the line and the column
   */
  static JobLogReader read(Path file, FileChannel channel, String head) throws IOException {
    if (channel.size() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the job log " + file + " has " + channel.size() + " bytes, and with this memory it may have "
              + MOST_BYTES + "; give more, as in HEDDLE_JAVA_OPTS=-Xmx4g, or begin a new log");
    }
    JobLogReader reader = new JobLogReader(file, head);
    reader.readAll(Channels.newInputStream(channel));
    return reader;
  }

  /** The jobs by their numbers. */
  Map<Long, Entry> entries() {
    return entries;
  }

  /** Whether there is no line. */
  boolean isEmpty() {
    return lines == 0 && !truncated;
  }

  /** Whether the last line has no end. */
  boolean isTruncated() {
    return truncated;
  }

  /** Reads the lines, which need not be UTF-8. */
  private void readAll(InputStream in) throws IOException {
    Pieces pieces = new Pieces(in, '\n');
    try {
      for (byte[] line = pieces.next(); line != null; line = pieces.next()) {
        if (pieces.isWhole()) {
          lines++;
          read(Utf8Bytes.decode(line));
        } else {
          truncated = true;
        }
      }
    } catch (Pieces.TooLongException e) {
      lines++;
      throw wrong(Pieces.LONGEST + 1, String.valueOf(e.getMessage()));
    }
    if (truncated && lines == 0) {
      lines++;
      throw notALog();
    }
  }

  private void read(String line) {
    if (lines == 1) {
      if (!line.equals(head)) {
        throw notALog();
      }
      return;
    }
    String[] fields = line.split("\t", columns);
    boolean whole = fields.length == columns;
    check(fields, 0, JOB, whole, "the job's number");
    check(fields, EXIT_CODE, CODE, whole, "an exit code");
    check(fields, SIGNAL, CODE, whole, "a signal's number");
    if (whole) {
      entries.put(
          Long.parseLong(fields[0]),
          new Entry(fields[EXIT_CODE].equals("0") && fields[SIGNAL].equals("0"), fields[COMMAND]));
    }
  }

  /** Checks a field; the last one of a line that was cut off may be a part of one. */
  private void check(String[] fields, int index, Pattern form, boolean whole, String what) {
    if (index >= fields.length || form.matcher(fields[index]).matches()) {
      return;
    }
    boolean cutOff = !whole && index == fields.length - 1 && (fields[index].isEmpty() || fields[index].equals("-"));
    if (!cutOff) {
      int column = 1;
      for (int i = 0; i < index; i++) {
        column += fields[i].length() + 1;
      }
      throw wrong(column, "must have " + what + " there, but has '" + shortened(fields[index]) + "'");
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }

  private IllegalArgumentException notALog() {
    return new IllegalArgumentException("the file " + file + " is not a job log: its first line is not '"
        + head.replace('\t', ' ') + "'; choose another file");
  }

  private IllegalArgumentException wrong(int column, String what) {
    return new IllegalArgumentException(
        "the file " + file + " is not a job log: line " + lines + ", column " + column + ": it " + what
            + "; choose another file, or delete that line, so that its job is run again");
  }
}
