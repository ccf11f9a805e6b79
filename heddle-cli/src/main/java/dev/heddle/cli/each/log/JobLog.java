package dev.heddle.cli.each.log;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log with a line for each job that has ended, from which a later run can resume. Its format is that of {@code --joblog}
 * of GNU parallel. Used by one thread at a time.
 */
public final class JobLog implements AutoCloseable {
  private static final String HEAD = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";

  private static final int LONGEST_SHOWN = 500;

  private final Path file;
  private final Map<Long, JobLogReader.Entry> earlier;
  private final boolean redoFailed;
  private final OutputStream writer;

  private JobLog(Path file, Map<Long, JobLogReader.Entry> earlier, boolean redoFailed, OutputStream writer) {
    this.file = file;
    this.earlier = earlier;
    this.redoFailed = redoFailed;
    this.writer = writer;
  }

  /** Creates a log; an existing file of this user is overwritten. */
  public static JobLog create(Path file) throws IOException {
    checkFolder(file);
    return begin(file);
  }

  private static JobLog begin(Path file) throws IOException {
    FileChannel channel = PrivateFiles.openOrCreate(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    OutputStream writer = Channels.newOutputStream(channel);
    writer.write((HEAD + "\n").getBytes(StandardCharsets.UTF_8));
    return new JobLog(file, Map.of(), false, writer);
  }

  private static void checkFolder(Path file) throws IOException {
    try {
      SafePlace.checkFolderOf(file);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString()); // the folder is missing, which is said of the file
    }
  }

  /** Opens the log of an earlier run to append to it; creates a log if there is none. */
  public static JobLog resume(Path file, boolean redoFailed) throws IOException {
    checkFolder(file);
    JobLogReader earlier;
    try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.READ)) {
      earlier = JobLogReader.read(file, channel, HEAD);
    } catch (NoSuchFileException e) {
      return begin(file);
    }
    if (earlier.isEmpty()) {
      return begin(file);
    }
    OutputStream writer = Channels.newOutputStream(
        PrivateFiles.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    if (earlier.isTruncated()) {
      writer.write('\n'); // the earlier run was killed while writing; that job is run again
    }
    return new JobLog(file, earlier.entries(), redoFailed, writer);
  }

  /** Returns whether a job must be run; see {@link #mustRun(long, String, Optional)}. */
  public boolean mustRun(long number, String command) {
    return mustRun(number, command, Optional.empty());
  }

  /**
   * Returns whether a job must be run.
   *
   * @param before the command as earlier versions have written it
   * @throws IllegalArgumentException if the log has another command under this number
   */
  public boolean mustRun(long number, String command, Optional<String> before) {
    JobLogReader.@Nullable Entry entry = earlier.get(number);
    if (entry == null) {
      return true;
    }
    if (!entry.command().equals(command) && !before.equals(Optional.of(entry.command()))) {
      throw new IllegalArgumentException("job " + number + " is '" + shortened(command) + "', but the log " + file + " has '"
          + shortened(entry.command())
          + "': it is the log of another command or other inputs; give the same ones, or omit --resume");
    }
    return redoFailed && !entry.success();
  }

  private static String shortened(String command) {
    return ControlCharacters.shortened(command.replace('\0', '\n'), LONGEST_SHOWN);
  }

  /** Appends a job that has ended; it is in the file when this returns. */
  public void add(JobResult job, String command) throws IOException {
    try {
      writer.write(Utf8Bytes.encode(String.format(Locale.ROOT, "%d\t:\t%.3f\t%10.3f\t0\t%d\t%d\t%d\t%s\n", job.number(),
          job.startMillis() / 1e3, job.seconds(), job.outputBytes(), job.exitCode(), job.signal(), command)));
    } catch (IOException e) {
      throw new IOException("the job log " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
