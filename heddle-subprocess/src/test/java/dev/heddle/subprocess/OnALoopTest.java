package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.iter.Iter;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the thread of an event loop nobody waits for a process: that would hold up every task. */
@Timeout(60)
class OnALoopTest {

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("use await(");
  }

  @Test
  void waits_areRefused_andNothingElseIs() {
    EventLoop.run(a -> {
      assertRefused(() -> Subprocess.run("true"));
      assertRefused(() -> Subprocess.pipeline(Subprocess.command("true"), Subprocess.command("true")).run());
      try (RunningProcess cat = Subprocess.command("cat").withStdin(Input.pipe()).start();
          Iter<String> lines = cat.lines()) {
        assertRefused(cat::result);
        assertRefused(() -> cat.waitFor(Duration.ofHours(1)));
        assertThat(cat.waitFor(Duration.ZERO)).isFalse();
        assertRefused(() -> cat.stdout().read());
        assertRefused(lines::hasNext);
        cat.stdin().close();
        CompletedProcess ended = a.await(cat.future());
        assertThat(ended.exitCode()).isZero();
        assertThat(cat.result()).isSameAs(ended);
        assertThat(cat.waitFor(Duration.ofHours(1))).isTrue();
        assertThat(cat.stdout().read()).isEqualTo(-1);
      }
      return null;
    });
  }
}
