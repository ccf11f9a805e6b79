package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CommandPipelineTest {

  @Test
  void pipeline_threeStages_passesTheBytesOn() {
    CompletedPipeline result = Subprocess.pipeline(
        Subprocess.command("cat").withInput("b\na\nb\n"), Subprocess.command("sort"), Subprocess.command("uniq", "-c"))
        .run();

    assertThat(result.stdout().lines().map(String::strip)).containsExactly("1 a", "2 b");
    assertThat(result.exitCodes()).containsExactly(0, 0, 0);
    assertThat(result.isSuccess()).isTrue();
  }

  @Test
  void pipeline_bigData_flowsWithoutThisJvm() {
    CompletedPipeline result = Subprocess
        .pipeline(Subprocess.command("head", "-c", "50000000", "/dev/zero"), Subprocess.command("wc", "-c")).run();

    assertThat(result.stdout().strip()).isEqualTo("50000000");
  }

  @Test
  void pipeline_readerThatStopsEarly_endsTheWriterBySigpipe() {
    CommandPipeline firstLine = Subprocess.pipeline(Subprocess.command("yes"), Subprocess.command("head", "-n", "1"));

    CompletedPipeline result = firstLine.run();

    assertThat(result.exitCodes()).containsExactly(141, 0);
    assertThat(result.stdout()).isEqualTo("y\n");
    assertThat(result.exitCode()).isZero();
    assertThat(result.isSuccess()).isTrue();
    assertThat(firstLine.withFailure(PipeFailure.ANY_OR_SIGPIPE).run().exitCode()).isEqualTo(141);
  }

  @Test
  void pipeline_failureInTheMiddle_isThatOfTheWhole() {
    CommandPipeline failing = Subprocess.pipeline(
        Sh.command("echo x"), Sh.command("cat >/dev/null; echo torn >&2; exit 3"), Subprocess.command("cat"));

    assertThat(failing.run().exitCodes()).containsExactly(0, 3, 0);
    assertThat(failing.run().exitCode()).isEqualTo(3);
    assertThat(failing.withFailure(PipeFailure.LAST).run().isSuccess()).isTrue();
    assertThatThrownBy(() -> failing.withCheck().run())
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("ended with exit code 3")
        .hasMessageContaining("torn");
  }

  @Test
  void pipeline_sigpipeBecauseTheReaderFailed_countsAsTheReadersFailure() {
    CompletedPipeline result = Subprocess.pipeline(Subprocess.command("yes"), Sh.command("exit 7")).run();

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.isSuccess()).isFalse();
  }

  @Test
  void pipeline_allowedExitCodes_areEachStagesOwn() {
    CompletedPipeline result = Subprocess.pipeline(
        Sh.command("exit 1").withAllowedExitCodes(0, 1), Subprocess.command("cat"))
        .run();

    assertThat(result.isSuccess()).isTrue();
  }

  @Test
  void pipeline_timeout_endsEveryStage() {
    ProcessTimeoutException timeout = catchThrowableOfType(ProcessTimeoutException.class, () -> Subprocess.pipeline(
        Sh.command("echo $$; exec sleep 600"), Sh.command("echo $$ >&2; cat"))
        .withTimeout(Duration.ofSeconds(1))
        .run());

    assertThat(timeout.results()).hasSize(2);
    assertThat(Sh.lives(timeout.result().stdout())).isFalse();
    assertThat(Sh.lives(timeout.result().stderr())).isFalse();
  }

  @Test
  void pipeline_errorsOfEachStage_areItsOwn() {
    CompletedPipeline result = Subprocess.pipeline(Sh.command("echo first >&2"), Sh.command("echo second >&2; cat")).run();

    assertThat(result.stages().stream().map(CompletedProcess::stderr)).isEqualTo(List.of("first\n", "second\n"));
  }

  @Test
  void pipeline_badInput_isToldWithTheRemedy() {
    Command cat = Subprocess.command("cat");
    assertThatThrownBy(() -> Subprocess.pipeline(cat)).hasMessageContaining("needs at least 2 commands, but has 1");
    assertThatThrownBy(() -> Subprocess.pipeline(cat, cat.withInput("x"))).hasMessageContaining("do not set its stdin");
    assertThatThrownBy(() -> Subprocess.pipeline(cat.withStdout(Output.discard()), cat))
        .hasMessageContaining("do not set its stdout");
    assertThatThrownBy(() -> Subprocess.pipeline(cat.withTimeout(Duration.ofSeconds(1)), cat))
        .hasMessageContaining("give them to the pipeline");
    assertThatThrownBy(() -> Subprocess.pipeline(cat.withStdin(Input.pipe()), cat).run())
        .hasMessageContaining("Input.stream(stream)");
    assertThatThrownBy(() -> Subprocess.pipeline(cat.withStderr(Output.stream()), cat))
        .hasMessageContaining("Output.lines(action)");
  }
}
