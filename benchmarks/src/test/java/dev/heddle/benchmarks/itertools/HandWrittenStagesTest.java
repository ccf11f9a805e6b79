package dev.heddle.benchmarks.itertools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule that the stages of heddle-iter which are written by hand for their speed are measured. */
final class HandWrittenStagesTest {
  private static final Pattern STAGE = Pattern.compile("\\bextends\\s+(Stage|NumberAccumulate)<");
  private static final Pattern BY_HAND = Pattern.compile("boolean hasNext\\(\\)|Object produce\\(int");
  /** In the description of a stage that needs methods of its own for what it does. */
  private static final String NOT_FOR_SPEED = "Its methods are its own:";
  private static final Pattern NAMED = Pattern
      .compile("for the case \\{@code (\\w+)\\} of \\{@code \\./heddle bench itertools\\}");

  @Test
  void stages_writtenByHand_nameTheirCase() throws IOException {
    Path sources = Path.of("..", "heddle-iter", "src", "main", "java");
    List<String> cases = ItertoolsArea.CASES.stream().map(ItertoolsArea.Case::name).toList();
    int found = 0;
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file);
        if (STAGE.matcher(code).find() && BY_HAND.matcher(code).find() && !code.contains(NOT_FOR_SPEED)) {
          Matcher named = NAMED.matcher(code);
          assertThat(named.find()).as(file + " names the case that it is written by hand for").isTrue();
          assertThat(cases).as(file + " names a case that exists").contains(named.group(1));
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(5);
  }
}
