package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.subprocess.ProgramNotFoundException;
import dev.heddle.subprocess.Subprocess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about child processes. */
@Timeout(60)
final class SubprocessRecipesTest {

  @Test
  void c38_childsOutput_isRead() throws Exception {
    assertThat(Output.of(new C38ReadAChildsOutput()).text()).isEqualTo("Hello from the child!\n");
  }

  @Test
  void c39_pollingWhileWorking_seesTheEnd() throws Exception {
    List<String> lines = Output.of(new C39PollAChild()).lines();

    assertThat(lines.size()).isGreaterThan(2);
    assertThat(lines.subList(0, lines.size() - 1)).containsOnly("Working...");
    assertThat(lines.getLast()).isEqualTo("Exit status 0");
  }

  @Test
  void c40_tenSleeps_run() throws Exception {
    assertThat(Output.of(new C40TenSleeps()).text())
        .containsPattern("Running at once: \\d+\n")
        .containsPattern("Finished in \\d+\\.\\d{3} seconds");
  }

  @Test
  void c41_bytesOut_areThoseOfThreeChildren() throws Exception {
    List<String> lines = Output.of(new C41FeedAChild()).lines();

    if (hasOpenssl()) {
      assertThat(lines).hasSize(4).last().isEqualTo("Decrypted, they are the same: true");
      assertThat(lines.subList(0, 3)).doesNotHaveDuplicates()
          .allMatch(line -> line.matches("[0-9a-f]{20}, the last 10 of 32"));
    } else {
      assertThat(lines).singleElement().asString().startsWith("there is no program 'openssl' in the PATH");
    }
  }

  @Test
  void c42_chainedDigests_equalThoseComputedHere() throws Exception {
    List<String> lines = Output.of(new C42ChainChildren()).lines();

    if (hasOpenssl()) {
      assertThat(lines).hasSize(3).doesNotHaveDuplicates()
          .allMatch(line -> line.matches("[0-9a-f]{64}, exit codes \\[0, 0], the same in-process"));
    } else {
      assertThat(lines).singleElement().asString().startsWith("there is no program 'openssl' in the PATH");
    }
  }

  @Test
  void c43_timeOut_endsTheTreeAndKeepsTheOutput() throws Exception {
    assertThat(Output.of(new C43TimeOutOfAChild(Duration.ofSeconds(1))).text())
        .startsWith("Timed out after 1000 ms\nExit status 143, signal 15\n")
        .containsPattern("It had written: \\d+ \\d+\n")
        .endsWith("Still running: []\n");
  }

  private static boolean hasOpenssl() {
    try {
      return Subprocess.run("openssl", "version").isSuccess();
    } catch (ProgramNotFoundException e) {
      return false;
    }
  }
}
