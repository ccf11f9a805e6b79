package dev.heddle.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.browser.Axe;
import dev.heddle.cli.browser.Browser;
import dev.heddle.cli.live.LiveTarget;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.RunningProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code heddle top --web} in a real browser. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are ended by signals")
final class TopPageTest {

  @Test
  void page_showsTheProgram_onPhoneAndDesktop_untilItsEnd(@TempDir Path folder) throws Exception {
    try (Browser browser = Browser.start(folder.resolve("profile"));
        LiveTarget target = LiveTarget.start("pools");
        RunningProcess top = TopCommandTest.top("--web", "--delay", "0.5", target.pid());
        Iter<String> lines = top.lines()) {
      browser.open(URI.create(lines.next()), "document.getElementById('view').textContent.includes('crunch')");
      assertThat(browser.text("document.getElementById('view').textContent"))
          .contains("job \\x1b[31m日本 1", "shop", "worker 1 (pid ", "sale", "waiter");
      browser.evaluate(Axe.script());
      for (int width : new int[]{390, 1280}) {
        browser.size(width, 844, width == 390);
        for (String scheme : List.of("light", "dark")) {
          browser.scheme(scheme);
          String at = width + ", " + scheme;
          assertThat(browser.number("document.documentElement.scrollWidth")).as(at).isLessThanOrEqualTo(width);
          assertThat(Axe.violations(browser)).as(at).isEmpty();
        }
      }
      assertThat(browser.text("document.title")).isEqualTo("heddle top");

      browser.evaluate("document.getElementById('filter').focus()");
      for (String letter : List.of("s", "h", "o", "p")) {
        browser.key(letter);
      }
      browser
          .await("(text => text.includes('shop') && !text.includes('crunch'))(document.getElementById('view').textContent)");
      assertThat(browser.problems()).isEmpty();

      target.end();
      browser.await("document.getElementById('problem').textContent.includes('does not answer any more')"
          + " || document.getElementById('problem').textContent.includes('has ended')");
    }
  }
}
