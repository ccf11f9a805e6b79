package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A signal ends a program in order, and a second one ends it at once. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals to send")
@org.junit.jupiter.api.Timeout(120)
class SignalTest {

  /** A program that waits, and cleans up when it is cancelled; with an argument the clean-up does not end. */
  static final class Program {
    private Program() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      try {
        EventLoop.run(
            a -> {
              try {
                System.out.println("ready");
                a.await(Asyncio.sleep(Duration.ofSeconds(100)));
              } finally {
                System.out.println("cleaning");
                a.await(Asyncio.sleep(arguments.length == 0 ? Duration.ofMillis(10) : Duration.ofSeconds(100)));
                System.out.println("cleaned");
              }
              return null;
            });
      } finally {
        System.out.println("main ended");
      }
    }
  }

  /** A program that handles signals itself: SIGCONT and SIGTERM are counted, the third one ends the handling. */
  static final class Handling {
    private Handling() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      EventLoop.run(
          a -> {
            EventLoop loop = EventLoop.current();
            Event third = new Event();
            int[] count = {0};
            for (String bad : List.of("NONE", "KILL")) {
              try {
                loop.onSignal(bad, () -> {});
              } catch (LoopStateException e) {
                System.out.println("refused " + bad);
              }
            }
            try (EventLoop.SignalHandle _ = loop.onSignal("SIGCONT", () -> System.out.println("cont"));
                EventLoop.SignalHandle _ = loop.onSignal("TERM", () -> {
                  System.out.println("term");
                  if (++count[0] == 2) {
                    third.set();
                  }
                })) {
              System.out.println("ready");
              a.await(third.await());
            }
            System.out.println("default again");
            a.await(Asyncio.sleep(Duration.ofSeconds(100)));
            return null;
          });
    }
  }

  @Test
  void signalsThatTheProgramHandles_runItsCallbacks_untilTheHandleIsClosed() throws Exception {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
        Handling.class.getName()).redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("refused NONE");
      assertThat(output.readLine()).isEqualTo("refused KILL");
      assertThat(output.readLine()).isEqualTo("ready");
      assertThat(new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start().waitFor()).isZero();
      assertThat(output.readLine()).isEqualTo("cont");
      terminate(process);
      assertThat(output.readLine()).isEqualTo("term");
      terminate(process);
      assertThat(output.readLine()).isEqualTo("term");
      assertThat(output.readLine()).isEqualTo("default again");
      terminate(process);
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void onSignal_inVirtualTime_isRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
        () -> EventLoop.run(LoopOptions.simulated(1), a -> {
          EventLoop.current().onSignal("CONT", () -> {}).close();
        })).isInstanceOf(LoopStateException.class).hasMessageContaining("virtual time");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
            Program.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Sends SIGTERM; {@link Process#destroy} would close the streams, too. */
  private static void terminate(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor()).isZero();
  }

  @Test
  void sigterm_cancelsTheMainCoroutine_andExitsAsUsual() throws Exception {
    Process process = start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready");
      terminate(process);
      assertThat(output.lines()).containsExactly("cleaning", "cleaned", "main ended");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  /** As {@code timeout} does it, which signals the process and then its group. */
  @Test
  void signal_deliveredTwice_isOneRequest() throws Exception {
    Process process = start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready");
      String pid = Long.toString(process.pid());
      assertThat(new ProcessBuilder("sh", "-c", "kill -TERM " + pid + "; kill -TERM " + pid).start().waitFor()).isZero();
      assertThat(output.lines()).containsExactly("cleaning", "cleaned", "main ended");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void secondSignal_endsAtOnce() throws Exception {
    Process process = start("hang");
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready");
      terminate(process);
      assertThat(output.readLine()).isEqualTo("cleaning");
      // within a second it is the same request; later it ends the process
      for (int k = 0; k < 60 && process.isAlive(); k++) {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
        process.waitFor(300, TimeUnit.MILLISECONDS);
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(output.lines()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program whose loop is blocked. */
  static final class Blocked {
    private Blocked() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      EventLoop.run(
          a -> {
            System.out.println("ready");
            new CountDownLatch(1).await();
          });
    }
  }

  @Test
  void loopThatIsBlocked_endsAfterSomeSeconds_andTheCallIsShown() throws Exception {
    ProcessBuilder program = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
        Blocked.class.getName());
    Process process = program.redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready");
      terminate(process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(output.lines()).anyMatch(each -> each.contains("its thread is in a call that blocks"))
          .anyMatch(each -> each.contains("CountDownLatch.await"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program with a runner; a task that its last run has left cleans up while the runner is closed. */
  static final class Runs {
    private Runs() {}

    @SuppressWarnings("SystemOut")
    private static AsyncAction cleaning(Duration time) {
      return a -> {
        try {
          a.await(Asyncio.sleep(Duration.ofSeconds(100)));
        } finally {
          System.out.println("cleaning");
          a.await(Asyncio.sleep(time));
          System.out.println("cleaned");
        }
      };
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      boolean inTheRun = arguments[0].equals("run");
      try (Runner runner = Runner.create(LoopOptions.defaults().withProblems(_ -> {}))) {
        runner.run(a -> {
          Asyncio.createTask(Async.action(cleaning(inTheRun ? Duration.ofSeconds(7) : Duration.ofMillis(1500))));
          a.await(Asyncio.yieldNow());
          if (inTheRun) {
            System.out.println("ready");
            a.await(Asyncio.sleep(Duration.ofSeconds(100)));
          }
        });
      } finally {
        System.out.println("main ended");
      }
    }
  }

  private static Process startRuns(String when) throws IOException {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
        Runs.class.getName(), when).redirectErrorStream(true).start();
  }

  @Test
  void sigtermWhileARunnerIsClosed_letsItsTasksEnd() throws Exception {
    Process process = startRuns("close");
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("cleaning");
      terminate(process);
      assertThat(output.lines()).containsExactly("cleaned", "main ended");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The clean-up takes longer than the main thread may after a run. */
  @Test
  void sigtermInARunOfARunner_waitsForItsClosing() throws Exception {
    Process process = startRuns("run");
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready");
      terminate(process);
      assertThat(output.lines()).contains("cleaning", "cleaned", "main ended");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }
}
