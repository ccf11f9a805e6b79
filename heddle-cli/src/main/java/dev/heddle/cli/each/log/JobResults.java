package dev.heddle.cli.each.log;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder with the outputs of all jobs: for job 7 the files {@code 7/stdout}, {@code 7/stderr} and {@code 7/input}; files
 * of an earlier run are overwritten. Origin: {@code --results} of GNU parallel, whose folders are named after the inputs,
 * which are not always names that a file can have.
 */
public final class JobResults {
  private final Path folder;

  private JobResults(Path folder) {
    this.folder = folder;
  }

  /** Creates the folder if it is missing. */
  public static JobResults in(Path folder) throws IOException {
    PrivateFiles.createFolders(folder);
    SafePlace.checkFolderOf(folder.resolve("1"));
    return new JobResults(folder);
  }

  /** Copies the outputs of a job. */
  public void keep(JobResult job) throws IOException {
    Path own = folder.resolve(Long.toString(job.number()));
    PrivateFiles.createFolders(own); // refuses links, and folders of other users
    write(own.resolve("stdout"), to -> copy(job.out(), to));
    write(own.resolve("stderr"), to -> copy(job.err(), to));
    write(own.resolve("input"), to -> to.write(Utf8Bytes.encode(job.input().text())));
  }

  private static void copy(Path from, OutputStream to) throws IOException {
    if (Files.exists(from)) {
      Files.copy(from, to);
    }
  }

  /** Writes a file. */
  private interface Content {
    void writeTo(OutputStream to) throws IOException;
  }

  private static void write(Path file, Content content) throws IOException {
    try (
        FileChannel channel = PrivateFiles.openOrCreate(file, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream to = Channels.newOutputStream(channel)) {
      try {
        content.writeTo(to);
      } catch (IOException e) { // of a channel, which does not name its file
        throw new IOException(file + " cannot be written: " + e.getMessage(), e);
      }
    }
  }
}
