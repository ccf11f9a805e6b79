package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskListener;
import dev.heddle.testkit.Bounded;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pool that has worked outlives a time without descriptors, disk space or processes; its program's output tells it once. */
@Bounded(seconds = 180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
class ShortageTest {
  @TempDir
  private Path folder;

  /** What lacks for a while. */
  private interface Shortage {
    /** Takes all there is; closing what is returned gives it back. */
    Closeable begin(Path folder) throws IOException;
  }

  private static Closeable descriptors(Path folder) {
    List<FileInputStream> open = new ArrayList<>();
    try {
      while (open.size() < 100_000) {
        open.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // there are no more
    }
    return () -> {
      for (FileInputStream each : open) {
        each.close();
      }
    };
  }

  private static Closeable disk(Path folder) throws IOException {
    Path filler = folder.resolve("filler");
    byte[] block = new byte[1 << 16];
    try (var out = Files.newOutputStream(filler)) {
      while (Files.size(filler) < 1 << 30) {
        out.write(block);
      }
    } catch (IOException e) {
      // it is full
    }
    return () -> Files.delete(filler);
  }

  private static Closeable processes(Path folder) {
    List<Process> all = new ArrayList<>();
    try {
      while (all.size() < 10_000) {
        all.add(new ProcessBuilder("sleep", "1000").start());
      }
    } catch (IOException e) {
      // there are no more
    }
    return () -> all.forEach(Process::destroyForcibly);
  }

  /** A program whose pool meets a shortage in which its worker has to be replaced. */
  static final class Program {
    public static void main(String[] args) throws Exception {
      System.getLogger("app").log(System.Logger.Level.INFO, "begins"); // which opens the log: that may take descriptors
      Shortage shortage = switch (args[0]) {
        case "descriptors" -> ShortageTest::descriptors;
        case "disk" -> ShortageTest::disk;
        default -> ShortageTest::processes;
      };
      Queue<String> heard = new ConcurrentLinkedQueue<>();
      TaskListener listener = new TaskListener() {
        @Override
        public void startFailed(String executor, int inARow, Throwable failure) {
          heard.add(executor + " " + inARow + " " + failure.getClass().getSimpleName());
        }
      };
      try (ProcessExecutor pool = ProcessPool.of(1,
          ProcessOptions.defaults().withPool(PoolOptions.named("short").withListener(listener)))) {
        for (int i = 0; i < 100; i++) {
          int n = i;
          pool.submit(() -> n).result();
        }
        pool.stats();
        Future<?> kill = pool.submit(() -> Runtime.getRuntime().halt(1));
        kill.exception();
        Closeable end = shortage.begin(Path.of(System.getProperty("java.io.tmpdir")));
        Future<String> waiting = pool.submit(() -> "works again");
        while (pool.stats().failedStarts() < 3) {
          LockSupport.parkNanos(10_000_000);
        }
        end.close();
        System.out.println(waiting.result());
        System.out.println("listener: " + heard.peek());
        System.out.println("as many: " + (heard.size() == pool.stats().failedStarts()));
      }
    }
  }

  private String run(String limit, Path temp, String kind) throws Exception {
    List<String> java = Processes.program(List.of("-Djava.io.tmpdir=" + temp, "-Xmx200m"), Program.class, kind).command();
    List<String> command = new ArrayList<>(List.of("sh", "-c", limit + " && exec \"$@\"", "sh"));
    command.addAll(java);
    File errors = folder.resolve("errors").toFile();
    Process program = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(errors).start();
    try {
      program.waitFor();
    } finally {
      program.destroyForcibly();
    }
    return Files.readString(errors.toPath());
  }

  private static void assertOutlived(String told) {
    assertThat(told).contains("works again", "listener: short 1 WorkerStartException", "as many: true")
        .contains("starts workers again").doesNotContain("\tat ");
    assertThat(told.split("could not start a worker", -1)).as("warnings in %s", told).hasSize(2);
  }

  @Test
  void descriptors_goneForAWhile_areOutlived() throws Exception {
    assertOutlived(run("ulimit -n 300", folder, "descriptors"));
  }

  @Test
  void disk_fullForAWhile_isOutlived() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString())
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    assumeTrue(mounted, "skipped: no small file system can be mounted here (that takes root)");
    try {
      assertOutlived(run("true", disk, "disk"));
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @Test
  void processes_goneForAWhile_areOutlived() throws Exception {
    boolean root = Files.getOwner(folder).getName().equals("root");
    assumeTrue(!root, "skipped: the limit of processes does not hold for root");
    long now;
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      now = all.count();
    }
    assertOutlived(run("ulimit -u " + (now * 20 + 400), folder, "processes"));
  }
}
