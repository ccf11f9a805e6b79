package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.fuzz.FuzzMain;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fuzzed bodies under agents that change them: driven, pulled and pushed, they do what the changed code does. */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class AgentSuiteTest {
  private static final String BODIES = "20";

  private static void assertAgree(Path folder, String reason, String... options) throws Exception {
    String printed = AgentJvm.run(
        folder, List.of(options), AgentJvm.location(Generator.class), FuzzMain.class.getName(), BODIES);
    assertThat(printed).contains("agreed on ").contains("events: [VIRTUAL_THREAD]").contains(reason);
  }

  @Test
  void bodies_underJacoco_trusted_agree(@TempDir Path folder) throws Exception {
    assertAgree(folder, "jacoco", AgentJvm.jacoco("fuzzed.*"), AgentJvm.TRUSTED);
  }

  @Test
  void bodies_whoseCodeHasMoved_trusted_agree(@TempDir Path folder) throws Exception {
    assertAgree(folder, "agent", AgentJvm.weaver(folder, "code"), AgentJvm.TRUSTED);
  }

  @Test
  void bodies_whoseConstantsAreOthers_agree(@TempDir Path folder) throws Exception {
    assertAgree(folder, "a Java agent (agent.jar)", AgentJvm.weaver(folder, "lambda"));
  }
}
