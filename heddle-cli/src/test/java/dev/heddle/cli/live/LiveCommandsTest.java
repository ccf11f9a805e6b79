package dev.heddle.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.heddle.base.Cells;
import dev.heddle.cli.Main;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.RunningProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code heddle ps}, {@code tree} and {@code top --once}, on JVMs that have prepared nothing. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are ended by signals")
final class LiveCommandsTest {

  /** What a command printed. */
  private record Said(int code, String out, String err) {
    JsonObject json() throws Exception {
      return JsonParser.object().from(out);
    }
  }

  private static Said heddle(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(args));
    if (!args[args.length - 1].equals("nonsense")) {
      all.addAll(List.of("--timeout", "100"));
    }
    int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  private static JsonObject named(JsonArray objects, String name) {
    for (Object each : objects) {
      if (((JsonObject) each).getString("name").equals(name)) {
        return (JsonObject) each;
      }
    }
    throw new AssertionError(name + " is missing in " + objects);
  }

  // ---- what is shown ----

  @Test
  void program_thatPreparedNothing_isShown() throws Exception {
    try (LiveTarget target = LiveTarget.start("pools")) {
      Said text = heddle("ps", target.pid());
      assertThat(text.err()).isEmpty();
      assertThat(text.code()).isZero();
      assertThat(text.out()).contains("PID " + target.pid(), "EXECUTOR", "crunch", "job \\x1b[31m日本 1", "shop", "processes",
          "worker 1 (pid ", "busy", "sale", "EVENT LOOP", "waiter");
      assertThat(text.out()).doesNotContain("\u001b");
      assertThat(text.out().lines().mapToInt(Cells::width).max().orElse(0)).isLessThanOrEqualTo(80);

      JsonObject json = heddle("ps", "--json", target.pid()).json();
      JsonObject crunch = named(json.getArray("objects"), "crunch");
      assertThat(crunch.getString("type")).isEqualTo("threads");
      assertThat(crunch.getObject("figures").getInt("queued")).isEqualTo(2);
      assertThat(crunch.getArray("children")).hasSize(2);
      assertThat(((JsonObject) crunch.getArray("children").get(0)).getDouble("seconds")).isBetween(0.0, 300.0);

      Said tree = heddle("tree", target.pid());
      assertThat(tree.out()).containsPattern("event loop waiter: running").containsPattern(
          "main: waiting for task 'inner' +at .*\\(LiveTarget.java:\\d+\\)")
          .containsPattern("inner: .*\\(LiveTarget.java:\\d+\\)");

      Said top = heddle("top", "--once", "--filter", "crunch", target.pid());
      assertThat(top.out()).contains("crunch", "tasks/s").doesNotContain("shop");

      Said list = heddle("ps");
      assertThat(list.out()).containsPattern("(?m)^ *" + target.pid() + " .*LiveTarget");
    }
  }

  @Test
  void program_withTwoCopiesOfHeddle_showsBoth() throws Exception {
    try (LiveTarget target = LiveTarget.start("copies")) {
      Said said = heddle("ps", target.pid());
      assertThat(said.err()).isEmpty();
      assertThat(said.out()).contains("left", "right");
    }
  }

  @Test
  void program_thatHasClosedEverything_isShownAsSuch() throws Exception {
    try (LiveTarget target = LiveTarget.start("closed")) {
      Said said = heddle("ps", target.pid());
      assertThat(said.code()).isZero();
      assertThat(said.out()).contains("nothing is open");
    }
  }

  // ---- bad input ----

  @Test
  void pid_thatIsNoNumber_isWrongUsage() {
    Said said = heddle("ps", "nonsense");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("PID must be the number of a process, such as 4711, but was 'nonsense'");
  }

  @Test
  void pid_thatIsGone_isTold() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Said said = heddle("tree", Long.toString(ended.pid()));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err()).startsWith("heddle tree: there is no process " + ended.pid());
  }

  @Test
  void process_thatIsNoJvm_isToldAndLives() throws Exception {
    try (RunningProcess sleep = Command.of(List.of("sleep", "600")).start()) {
      Said said = heddle("ps", Long.toString(sleep.pid()));
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).contains("is no JVM");
      assertThat(ProcessHandle.of(sleep.pid()).orElseThrow().isAlive()).isTrue();
    }
  }

  @Test
  void jvm_withoutHeddle_isTold() throws Exception {
    try (LiveTarget target = LiveTarget.start("nothing")) {
      Said said = heddle("ps", target.pid());
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).contains("does not use Heddle");
    }
  }

  @Test
  void jvm_thatForbidsAttaching_isTold() throws Exception {
    try (LiveTarget target = LiveTarget.start(List.of("-XX:+DisableAttachMechanism"), "closed")) {
      Said said = heddle("ps", target.pid());
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).contains("-XX:+DisableAttachMechanism; start it without");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void process_thatIsStopped_isToldAtOnce() throws Exception {
    try (LiveTarget target = LiveTarget.start("closed")) {
      assertThat(new ProcessBuilder("kill", "-STOP", target.pid()).start().waitFor()).isZero();
      JavaProcessState.awaitStopped(target.pid());
      Said said = heddle("ps", target.pid());
      assertThat(said.err()).contains("is stopped", "kill -CONT " + target.pid());
      assertThat(new ProcessBuilder("kill", "-CONT", target.pid()).start().waitFor()).isZero();
    }
  }
}
