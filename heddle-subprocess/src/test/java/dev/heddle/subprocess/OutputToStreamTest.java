package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outputs that are written to a stream of the program. */
@Timeout(60)
final class OutputToStreamTest {
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  @Test
  void to_hasAllBytes_andNothingIsKept() {
    CompletedProcess run = Sh.command("head -c 300000 /dev/zero").withStdout(Output.to(copy)).run();
    assertThat(copy.size()).isEqualTo(300_000);
    assertThat(run.stdoutBytes()).isEmpty();
  }

  @Test
  void tee_hasBoth_apartForEachOutput() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    CompletedProcess run = Sh.command("echo out; echo err >&2")
        .withStdout(Output.tee(copy)).withStderr(Output.tee(errors)).run();
    assertThat(run.stdout()).isEqualTo("out\n").isEqualTo(copy.toString(StandardCharsets.UTF_8));
    assertThat(run.stderr()).isEqualTo("err\n").isEqualTo(errors.toString(StandardCharsets.UTF_8));
  }

  @Test
  void tee_isWrittenAsItComes() throws Exception {
    PipedInputStream seen = new PipedInputStream();
    PipedOutputStream stream = new PipedOutputStream(seen);
    try (RunningProcess running = Sh.command("echo a; sleep 60").withStdout(Output.tee(stream)).start()) {
      assertThat(seen.read()).isEqualTo('a');
      assertThat(running.waitFor(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void merge_goesToTheSameStream() {
    CompletedProcess run = Sh.command("echo out; echo err >&2; echo out").withStdout(Output.tee(copy))
        .withStderr(Output.merge()).run();
    assertThat(run.stdout()).isEqualTo("out\nerr\nout\n").isEqualTo(copy.toString(StandardCharsets.UTF_8));
  }

  @Test
  void streamThatThrows_endsTheProcess_andIsTheCause() {
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    };
    for (Output output : new Output[]{Output.to(full), Output.tee(full)}) {
      assertThatThrownBy(() -> Sh.command("while :; do echo x; done").withStdout(output).run())
          .isInstanceOf(SubprocessException.class)
          .hasMessageContaining("No space left")
          .hasRootCauseMessage("No space left on device");
    }
  }

  @Test
  void blockedStream_isAbandonedAfterATimeOut() {
    Object lock = new Object();
    OutputStream blocked = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        synchronized (lock) {
          try {
            while (true) {
              lock.wait();
            }
          } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
          }
        }
      }
    };
    assertThatThrownBy(
        () -> Sh.command("echo x; sleep 60").withStdout(Output.to(blocked)).withTimeout(Duration.ofMillis(100)).run())
        .isInstanceOf(ProcessTimeoutException.class);
  }
}
