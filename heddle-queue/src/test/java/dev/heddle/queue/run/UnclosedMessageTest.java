package dev.heddle.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the warning about unclosed results says. */
final class UnclosedMessageTest {

  @Test
  void message_namesThePipelineAndTheLineThatMadeTheResults() {
    StackWalker.StackFrame here = StackWalker.getInstance().walk(frames -> frames.findFirst().orElseThrow());
    assertThat(UnclosedResults.message("images", here))
        .startsWith("the results of pipeline 'images', made at " + here.toStackTraceElement() + ", were neither")
        .contains("try (var results = pipeline.iterate())");
    assertThat(UnclosedResults.message("images", null)).startsWith("the results of pipeline 'images' were neither");
  }

  @Test
  void place_insideThisModule_isALineOutsideOfIt() {
    assertThat(UnclosedResults.place()).isNotNull()
        .satisfies(frame -> assertThat(frame.getClassName()).doesNotStartWith("dev.heddle.queue"));
  }
}
