package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.process.Processes;
import dev.heddle.testkit.Bounded;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may enter a pool's folder, and when it goes. */
@Bounded
final class WorkerHomeTest {
  private static final long NO_PROCESS = 1L << 40;

  private static Path beside(WorkerHome home, String name) {
    return home.folder().resolveSibling(name);
  }

  /** A worker that was given another working directory would look for it there. */
  @Test
  void folder_inARelativeTemporaryFolder_isAbsolute() {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", "target");
    WorkerHome home;
    try {
      home = WorkerHome.make();
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertThat(home.folder()).isAbsolute().exists();
    home.close();
  }

  @Test
  void folder_isForTheUserAlone() throws Exception {
    WorkerHome home = WorkerHome.make();
    try {
      if (Files.getFileStore(home.folder()).supportsFileAttributeView("posix")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder()))).isEqualTo("rwx------");
      }
    } finally {
      home.close();
    }
    assertThat(home.folder()).doesNotExist();
  }

  @Test
  void close_deletesWhatKilledProgramsHaveLeft_andNothingElse() throws Exception {
    WorkerHome living = WorkerHome.make();
    WorkerHome home = WorkerHome.make();
    Path abandoned = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-1"));
    Files.createFile(abandoned.resolve("lock"));
    Files.writeString(abandoned.resolve("arrays-0-0"), "many bytes");
    Path justBeingMade = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-2"));
    Path link = Files.createSymbolicLink(beside(home, "heddle-" + NO_PROCESS + "-3"), living.folder());
    Path report = Files.writeString(beside(home, "heddle-worker-error-5-" + WorkerHome.token() + ".log"), "SIGSEGV");
    try {
      home.close();
      assertThat(abandoned).doesNotExist();
      assertThat(justBeingMade).isEmptyDirectory();
      assertThat(living.folder().resolve("lock")).as("of another pool of this program").exists();
      assertThat(report).exists();
    } finally {
      Files.delete(link);
      Files.delete(report);
      Files.delete(justBeingMade);
      living.close();
    }
  }

  /** Another user may make a folder of that name and put anything into it, also in place of what this user has left. */
  @Test
  void close_pipesAndLinksInPlaceOfLocks_areLeftAlone() throws Exception {
    WorkerHome home = WorkerHome.make();
    Path piped = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-6"));
    Path open = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-7"));
    Path linked = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-8"));
    Path diary = Files.createTempFile("heddle-", ".diary");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", piped.resolve("lock").toString()).start().waitFor() == 0,
          "skipped: no mkfifo here");
      Files.createFile(open.resolve("lock"));
      Files.createSymbolicLink(open.resolve("link"), diary);
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.createSymbolicLink(linked.resolve("lock"), diary);

      home.close();

      assertThat(piped.resolve("lock")).exists();
      assertThat(open.resolve("lock")).as("in a folder that others may write to").exists();
      assertThat(linked).exists();
      assertThat(diary).exists();
    } finally {
      for (Path each : List.of(piped, open, linked)) {
        Files.deleteIfExists(each.resolve("lock"));
        Files.deleteIfExists(each.resolve("link"));
        Files.delete(each);
      }
      Files.delete(diary);
    }
  }

  @Test
  void folderOfAnotherProgramThatLives_stays() throws Exception {
    WorkerHome home = WorkerHome.make();
    Path other = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-5"));
    Path lock = Files.createFile(other.resolve("lock"));
    // The system's locks are the process's, so another one must hold it.
    Process holder = Locker.start(lock);
    try {
      home.close();
      assertThat(lock).exists();
    } finally {
      holder.destroyForcibly().waitFor();
      Files.deleteIfExists(lock);
      Files.deleteIfExists(other);
    }
  }

  /** Programs that tidy up temporary files delete old locks, also of programs that live. */
  @Test
  void folderWithoutALock_staysWhileItsProgramLives_andADayAfterwards() throws Exception {
    WorkerHome home = WorkerHome.make();
    long living = ProcessHandle.current().parent().orElseThrow().pid();
    Path ofLiving = Files.createDirectory(beside(home, "heddle-" + living + "-9"));
    Path young = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-10"));
    Path old = Files.createDirectory(beside(home, "heddle-" + NO_PROCESS + "-11"));
    Instant now = Instant.now();
    Files.setLastModifiedTime(ofLiving, FileTime.from(now.minus(Duration.ofDays(9))));
    Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofHours(23))));
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
    try {
      home.close();
      assertThat(ofLiving).exists();
      assertThat(young).exists();
      assertThat(old).doesNotExist();
    } finally {
      Files.deleteIfExists(ofLiving);
      Files.deleteIfExists(young);
    }
  }

  /** A program that locks a file until it is killed. */
  static final class Locker {
    static Process start(Path file) throws Exception {
      Process process = Processes.program(List.of(), Locker.class, file.toString()).start();
      assertThat(process.inputReader().readLine()).isEqualTo("locked");
      return process;
    }

    public static void main(String[] args) throws Exception {
      try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.println(lock.isValid() ? "locked" : "not locked");
        Thread.currentThread().join();
      }
    }
  }
}
