package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.Iter;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pipelines that are written to and read from while they run. */
@Timeout(60)
final class RunningPipelineTest {
  private static final Command FIRST = Sh.command("while read x; do echo \"<$x\"; done").withStdin(Input.pipe());
  private static final Command LAST = Sh.command("while read x; do echo \"$x>\"; done").withStdout(Output.stream());

  private static void write(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void start_whatIsWrittenAtOneEnd_isReadAtTheOther() throws Exception {
    try (RunningPipeline running = Subprocess.pipeline(FIRST, LAST).start(); Iter<String> lines = running.lines()) {
      write(running.stdin(), "a\n");
      assertThat(lines.next()).isEqualTo("<a>");
      assertThat(running.waitFor(Duration.ZERO)).isFalse();
      write(running.stdin(), "b\n");
      assertThat(lines.next()).isEqualTo("<b>");
      running.stdin().close();
      assertThat(lines.hasNext()).isFalse();
      assertThat(running.result().exitCodes()).containsExactly(0, 0);
      assertThat(running.pids()).hasSize(2).doesNotHaveDuplicates();
      assertThat(running.toString()).startsWith("RunningPipeline[").contains(" | ");
    }
  }

  @Test
  void start_capturedOutput_isInTheResult_andFailuresToo() throws Exception {
    try (RunningPipeline running = Subprocess.pipeline(Sh.command("echo a; exit 3"), Subprocess.command("cat")).start()) {
      assertThat(running.result().stdout()).isEqualTo("a\n");
      assertThat(running.result().exitCode()).isEqualTo(3);
    }
    try (
        RunningPipeline checked = Subprocess.pipeline(Sh.command("exit 3"), Subprocess.command("cat")).withCheck().start()) {
      assertThatThrownBy(checked::result).isInstanceOf(ProcessFailedException.class);
    }
  }

  @Test
  void close_endsAllProcesses() throws Exception {
    List<Long> pids;
    try (RunningPipeline running = Subprocess.pipeline(FIRST, LAST).start()) {
      pids = running.pids();
      assertThat(pids).allMatch(pid -> Sh.lives(pid.toString()));
    }
    assertThat(pids).noneMatch(pid -> Sh.lives(pid.toString()));
  }

  @Test
  void cancelledFuture_endsAllProcesses() throws Exception {
    try (RunningPipeline running = Subprocess.pipeline(FIRST, LAST).start()) {
      assertThat(running.future().cancel()).isTrue();
      for (long pid : running.pids()) {
        Sh.await(() -> !Sh.lives(String.valueOf(pid)));
      }
    }
  }

  @Test
  void timeout_endsAllProcesses() throws Exception {
    try (RunningPipeline running = Subprocess.pipeline(FIRST, LAST).withTimeout(Duration.ofMillis(50)).start()) {
      assertThatThrownBy(running::result).isInstanceOf(ProcessTimeoutException.class);
      assertThat(running.pids()).noneMatch(pid -> Sh.lives(pid.toString()));
    }
  }

  @Test
  void run_withOpenEnds_isRefused() {
    assertThatThrownBy(() -> Subprocess.pipeline(FIRST, Subprocess.command("cat")).run())
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("start()");
    assertThatThrownBy(() -> Subprocess.pipeline(Subprocess.command("true"), LAST).run())
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("start()");
  }

  @Test
  void sendSignal_reachesTheProcessAlone() throws Exception {
    String script = "trap 'echo got; exit 7' USR1; sleep 60 & echo $!; wait";
    try (RunningProcess running = Sh.command(script).withStdout(Output.stream()).start()) {
      Iter<String> lines = running.lines();
      String sleeping = lines.next();
      running.sendSignal("SIGUSR1");
      assertThat(lines.next()).isEqualTo("got");
      Sh.await(() -> running.poll().isPresent());
      assertThat(running.poll()).hasValue(7);
      assertThat(Sh.lives(sleeping)).isTrue();
      running.sendSignal("10"); // of a process that has ended: nothing
      assertThat(ProcessHandle.of(Long.parseLong(sleeping)).orElseThrow().destroyForcibly()).isTrue();
    }
  }

  @Test
  void sendSignal_stopAndContinueByNumber() throws Exception {
    try (RunningProcess running = Subprocess.start("sleep", "60")) {
      running.sendSignal("stop");
      Sh.await(() -> Subprocess.run("ps", "-o", "stat=", "-p", String.valueOf(running.pid())).stdout().startsWith("T"));
      running.sendSignal("CONT");
      assertThatThrownBy(() -> running.sendSignal("USR1; rm x")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> running.sendSignal("0")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> running.sendSignal("NONE")).isInstanceOf(SubprocessException.class)
          .hasMessageContaining("NONE");
      running.sendSignal("9");
      assertThat(running.waitFor(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1)))).isTrue();
      assertThat(running.result().signal()).hasValue(9);
    }
  }
}
