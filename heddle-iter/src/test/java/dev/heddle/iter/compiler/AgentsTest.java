package dev.heddle.iter.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names of Java agents in the options of a virtual machine. */
final class AgentsTest {
  @Test
  void jar_isTheLastPartOfThePath_whateverItsArgumentIs() {
    assertThat(Agents.jar("-javaagent:/opt/idea/lib/idea_rt.jar=41000:/opt/idea/bin")).isEqualTo("idea_rt.jar");
    assertThat(Agents.jar("-javaagent:jmx_prometheus_javaagent.jar=9404:/app/config.yaml"))
        .isEqualTo("jmx_prometheus_javaagent.jar");
    assertThat(Agents.jar("-javaagent:C:\\idea\\idea_rt.jar=1:C:\\idea\\bin")).isEqualTo("idea_rt.jar");
    assertThat(Agents.jar("-javaagent:agent.jar")).isEqualTo("agent.jar");
  }
}
