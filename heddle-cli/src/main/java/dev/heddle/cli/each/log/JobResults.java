package dev.heddle.cli.each.log;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.terminal.Utf8Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder with the outputs of all jobs: for job 7 the files {@code 7/stdout}, {@code 7/stderr} and {@code 7/input}; files of an
 * earlier run are overwritten. Origin: {@code --results} of GNU parallel, whose folders are named after the inputs, which are
 * not always names that a file can have.
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
    copy(job.out(), own.resolve("stdout"));
    copy(job.err(), own.resolve("stderr"));
    try (OutputStream to = open(own.resolve("input"))) {
      to.write(Utf8Bytes.encode(job.input().text()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (OutputStream out = open(to)) {
      if (Files.exists(from)) {
        Files.copy(from, out);
      }
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return Channels.newOutputStream(
        PrivateFiles.openOrCreate(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
  }
}
