package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That running tasks finish if the program lets them, as on threads, when a terminal signals it and its workers at once. */
@Bounded(seconds = 120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals cannot be sent by a command")
class WorkerSignalsTest {
  private static final int LARGE = 1 << 18; // longs: an array that goes through the pool's folder

  @TempDir
  private Path folder;

  /** A program whose shutdown hook waits for the tasks. */
  static final class Patient {
    private static long[] waitFor(String file) throws Exception {
      while (!Files.exists(Path.of(file))) {
        Thread.sleep(5);
      }
      return new long[LARGE];
    }

    public static void main(String[] args) throws Exception {
      String go = args[1];
      Executor pool = args[0].equals("threads")
          ? ThreadPool.of(1)
          : ProcessPool.of(1, ProcessOptions.defaults().withMaxTasksPerWorker(1));
      Future<long[]> running = pool.submit(() -> {
        System.out.println("runs in " + ProcessHandle.current().pid());
        return waitFor(go);
      });
      Future<long[]> next = pool.submit(() -> waitFor(go)); // in another worker, which is started while hooks run
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        System.out.println("hook");
        for (Future<long[]> each : List.of(running, next)) {
          Throwable failure = each.exception();
          System.out.println(failure == null ? "finished with " + each.result().length : "lost: " + failure);
        }
        pool.close();
      }));
      Thread.currentThread().join();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, threads", "INT, processes", "HUP, processes"})
  void signal_ofATerminal_letsTasksFinishWhileAHookWaitsForThem(String signal, String engine) throws Exception {
    Path go = folder.resolve("go");
    ProcessBuilder builder = Processes.program(List.of("-Djava.io.tmpdir=" + folder), Patient.class, engine, go.toString());
    Process program = Processes.startWithSignals(builder);
    try (BufferedReader lines = program.inputReader()) {
      long worker = Long.parseLong(lines.readLine().substring("runs in ".length()));
      signal(signal, program.pid(), worker);
      assertThat(lines.readLine()).isEqualTo("hook");
      signal(signal, worker); // an impatient user
      Files.createFile(go);
      List<String> rest = new ArrayList<>(lines.readAllLines());
      rest.removeIf(each -> each.startsWith("runs in "));
      assertThat(rest).containsExactly("finished with " + LARGE, "finished with " + LARGE);
      Eventually.holds(() -> !Processes.isRunning(worker));
    } finally {
      program.destroyForcibly().waitFor();
    }
    Eventually.holds(() -> homes() == 0);
  }

  /** A program that does not care about signals. */
  static final class Plain {
    public static void main(String[] args) {
      ProcessPool.of(1).submit(() -> {
        System.out.println("runs in " + ProcessHandle.current().pid());
        Thread.sleep(Long.MAX_VALUE);
      }).result();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "HUP", "KILL"})
  void program_thatASignalEnds_takesItsWorkersAndItsFolderAlong(String signal) throws Exception {
    Process program = Processes.startWithSignals(
        Processes.program(List.of("-Djava.io.tmpdir=" + folder), Plain.class));
    try (BufferedReader lines = program.inputReader()) {
      long worker = Long.parseLong(lines.readLine().substring("runs in ".length()));
      if (signal.equals("KILL")) {
        signal(signal, program.pid());
      } else {
        signal(signal, program.pid(), worker);
      }
      program.waitFor();
      Eventually.holds(() -> !Processes.isRunning(worker));
    } finally {
      program.destroyForcibly().waitFor();
    }
    Eventually.holds(() -> homes() == 0);
  }

  private long homes() {
    String[] all = folder.toFile().list((_, name) -> name.startsWith("heddle-"));
    return all == null ? 0 : all.length;
  }

  private static void signal(String name, long... pids) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    for (long each : pids) {
      command.add(String.valueOf(each));
    }
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
