package dev.heddle.cli.each.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.base.files.UntrustedFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Job logs of another user, or of another program. */
@Timeout(60)
final class JobLogTest {
  private static final String HEAD = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";

  @TempDir
  private Path temp;

  private Path log(String lines) throws IOException {
    Path log = Files.writeString(temp.resolve("log"), HEAD + lines);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
    }
    return log;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = { // with ~ for a tab, and ^ for a line break
      "x~:~0~0~0~0~0~0~echo a | 2 | 1",
      "1~:~0~0~0~0~zero~0~echo a | 2 | 13",
      "1~:~0~0~0~0~0~99999999999~echo a | 2 | 15",
      "1~:~0~0~0~0~0~0~echo a^-1~:~0~0~0~0~0~0~echo b | 3 | 1"})
  void lineThatIsWrong_isAnErrorWithItsPlace(String lines, int line, int column) throws Exception {
    Path log = log(lines.replace('~', '\t').replace('^', '\n') + "\n");
    assertThatThrownBy(() -> JobLog.resume(log, false)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(log.toString()).hasMessageContaining("line " + line + ", column " + column + ":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1\t:\t0", "1\t:\t0\t0\t0\t0\t-", "1\t:\t0\t0\t0\t0\t0\t"})
  void lineThatIsCutOff_isLeftOut(String line) throws Exception {
    String next = "2\t:\t0\t0\t0\t0\t0\t0\techo b\n";
    try (JobLog log = JobLog.resume(log(line + "\n" + next + line), false)) {
      assertThat(log.mustRun(1, "echo a")).isTrue();
      assertThat(log.mustRun(2, "echo b")).isFalse();
    }
  }

  @Test
  void line_longerThanAnyCommand_isAnError() throws Exception {
    Path log = log("1\t" + "x".repeat(2 << 20));
    assertThatThrownBy(() -> JobLog.resume(log, false)).hasMessageContaining("line 2, column 1048577");
  }

  @Test
  void logThatDoesNotFitIntoMemory_isAnError() throws Exception {
    Path log = log("");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(JobLogReader.MOST_BYTES + 1); // it has a hole, and takes no space
    }
    assertThatThrownBy(() -> JobLog.resume(log, false)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with this memory it may have " + JobLogReader.MOST_BYTES)
        .hasMessageContaining("begin a new log");
  }

  @Test
  void pipeOrLink_isRefusedWithoutBlocking() throws Exception {
    Path pipe = temp.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "skipped: no mkfifo here");
    assertThatThrownBy(() -> JobLog.create(pipe)).isInstanceOf(UntrustedFileException.class);
    assertThatThrownBy(() -> JobLog.resume(pipe, false)).isInstanceOf(UntrustedFileException.class);
    Path target = log("");
    Path link = Files.createSymbolicLink(temp.resolve("link"), target);
    assertThatThrownBy(() -> JobLog.create(link)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining("symbolic link");
    assertThat(target).hasContent(HEAD);
  }

  @Test
  void folderThatIsOpenToOthers_isRefused() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "skipped: folders have no modes here");
    Path folder = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> JobLog.create(folder.resolve("log"))).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining("chmod go-w");
    assertThat(folder).isEmptyDirectory();
  }
}
