package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ProgressMeter;
import dev.heddle.futures.ProgressOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessPool;
import dev.heddle.subprocess.Subprocess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That Flight Recorder, whose start takes more than 100 ms, is started by those alone who want it. */
@Timeout(120)
final class FlightRecorderTest {

  private static String run(String... args) {
    List<String> command = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    command.addAll(List.of(args));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Subprocess.run(java, command.toArray(String[]::new)).orThrow().stdout().strip();
  }

  @Test
  void program_thatRecordsNothing_doesNotStartIt() {
    assertThat(run()).isEqualTo("false []");
  }

  @Test
  void recording_thatStartsLate_getsTheEventsFromThenOn() {
    assertThat(run("late")).isEqualTo("true [dev.heddle.LoopTask, dev.heddle.Progress, dev.heddle.Task, dev.heddle.Worker]");
  }

  /** A program that uses every engine once, and again while it records, if it is told to. */
  static final class Program {
    public static void main(String[] args) throws Exception {
      useAll();
      List<String> recorded = List.of();
      if (args.length > 0) {
        Path file = Files.createTempFile("heddle", ".jfr");
        try (Recording recording = new Recording()) {
          recording.enable("dev.heddle.Task").withThreshold(Duration.ZERO);
          recording.start();
          useAll();
          recording.stop();
          recording.dump(file);
        }
        recorded = RecordingFile.readAllEvents(file).stream()
            .map(event -> event.getEventType().getName())
            .filter(name -> name.startsWith("dev.heddle."))
            .distinct()
            .sorted()
            .toList();
        Files.delete(file);
      }
      System.out.println(FlightRecorder.isInitialized() + " " + recorded);
    }

    private static void useAll() {
      try (Executor threads = ThreadPool.of(1);
          Executor virtual = ThreadPool.virtual();
          Executor processes = ProcessPool.of(1)) {
        threads.submit(() -> 1).result();
        ProgressMeter.start(ProgressOptions.named("program")).close();
        virtual.submit(() -> 1).result();
        processes.submit(() -> 1).result();
        int three = EventLoop.run(a -> a.await(Asyncio.createTask(Async.of(b -> 3))));
        if (three != 3) {
          throw new AssertionError(three);
        }
      }
    }
  }
}
