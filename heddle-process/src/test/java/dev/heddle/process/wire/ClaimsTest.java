package dev.heddle.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.lang.reflect.Field;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of claims, when the parent has run out of stack between a question and its verdict. */
@Bounded
class ClaimsTest {
  @TempDir
  private Path folder;

  private Claims torn() throws Exception {
    Claims page = Claims.create(folder.resolve("claims"));
    assertThat(page.announce(1)).isTrue();
    Field deciding = Claims.class.getDeclaredField("deciding"); // stands for an error that cannot be placed there
    deciding.setAccessible(true);
    deciding.setBoolean(page, true);
    return page;
  }

  @Test
  void takeBack_ofATornPage_isRefusedAndLeavesItTorn() throws Exception {
    Claims page = torn();
    assertThat(page.takeBack(1)).isFalse();
    assertThat(page.isTorn()).isTrue();
  }

  @Test
  void announce_inATornPage_isRefused() throws Exception {
    Claims page = torn();
    assertThat(page.announce(2)).isFalse();
    assertThat(page.isTorn()).isTrue();
  }

  @Test
  void takeBack_ofTasksThatWereNotClaimed_leavesThePageWhole() throws Exception {
    Claims page = Claims.create(folder.resolve("claims"));
    assertThat(page.announce(1)).isTrue();
    assertThat(page.takeBack(1)).isTrue();
    assertThat(page.announce(2)).isTrue();
    assertThat(page.isTorn()).isFalse();
  }
}
