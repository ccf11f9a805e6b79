package dev.heddle.base.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals are handled where the JDK lets them be, and elsewhere the reason is told. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals to handle")
@Timeout(60)
class HandledSignalTest {
  private static final String HARMLESS = "WINCH"; // ignored by default
  private static final int NUMBER = 28;

  private final LinkedBlockingQueue<Integer> calls = new LinkedBlockingQueue<>();

  private HandledSignal handle(String name) {
    return HandledSignal.of(name, "the test", calls::add);
  }

  private static void raise() throws Exception {
    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-" + HARMLESS, pid).start().waitFor()).isZero();
  }

  @Test
  void signal_handled_isTold_untilItIsClosed() throws Exception {
    HandledSignal first = handle(HARMLESS);
    try {
      assertThat(first.obstacle()).isNull();
      raise();
      assertThat(calls.poll(50, TimeUnit.SECONDS)).isEqualTo(128 + NUMBER);
    } finally {
      first.close();
    }
    raise();
    HandledSignal second = handle(HARMLESS);
    try {
      assertThat(second.obstacle()).as("the first one is gone").isNull();
      raise();
      assertThat(calls.poll(50, TimeUnit.SECONDS)).isEqualTo(128 + NUMBER);
      assertThat(calls).as("while it was not handled").isEmpty();
    } finally {
      second.close();
    }
  }

  @Test
  void handlerOfTheProgram_stays() throws Exception {
    try (HandledSignal programs = handle(HARMLESS)) {
      assertThat(programs.obstacle()).isNull();
      HandledSignal other = HandledSignal.of(HARMLESS, "another", _ -> calls.add(-1));
      assertThat(other.obstacle()).contains("SIG" + HARMLESS, "handled by the program already");
      other.close();
      raise();
      assertThat(calls.poll(50, TimeUnit.SECONDS)).isEqualTo(128 + NUMBER);
    }
  }

  @Test
  void signalThatIsNone_saysSo() {
    HandledSignal none = handle("NOSUCH");
    assertThat(none.obstacle()).contains("SIGNOSUCH cannot be handled", "NOSUCH");
    none.close();
  }

  /** Tells why SIGINT is not handled. */
  static final class Program {
    private Program() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      System.out.println(HandledSignal.of("INT", "the program", _ -> {}).obstacle());
    }
  }

  private static String obstacle(String option) throws Exception {
    Process program = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), option, "-cp",
        System.getProperty("java.class.path"),
        Program.class.getName()).redirectErrorStream(true).start();
    try (var lines = program.inputReader()) {
      return String.join("\n", lines.readAllLines());
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void imageWithoutTheModule_isNamedWithTheRemedy() throws Exception {
    assertThat(obstacle("--limit-modules=java.base,java.management"))
        .contains("SIGINT cannot be handled, since the module jdk.unsupported is not there",
            "--add-modules jdk.unsupported");
  }

  @Test
  void signalsThatAreLeftToTheSystem_areToldInItsWords() throws Exception {
    assertThat(obstacle("-Xrs")).contains("SIGINT cannot be handled: ", "SIGINT");
  }
}
