package dev.heddle.cli.each.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bar of {@code heddle each --progress}. */
@Timeout(60)
final class JobProgressBarTest {
  private static final String TERMINAL = "heddle.terminal";

  private final StringWriter screen = new StringWriter();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream(); // of the jobs

  @AfterEach
  void withoutTerminal() {
    System.clearProperty(TERMINAL);
  }

  private int each(InputStream in, String... args) {
    InputStream inBefore = System.in;
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setIn(in);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      PrintWriter err = new PrintWriter(screen, true);
      return Main.commandLine(err, err).execute(Stream.concat(Stream.of("each"), Stream.of(args)).toArray(String[]::new));
    } finally {
      System.setIn(inBefore);
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  private static InputStream nothing() {
    return InputStream.nullInputStream();
  }

  @Test
  void progress_onATerminal_showsHowManyHaveEnded_andIsErasedInTheEnd() {
    System.setProperty(TERMINAL, "err");

    int code = each(nothing(), "--progress", "-k", "echo got {}; [ {} != b ]", "a", "b", "c");

    assertThat(code).isEqualTo(1);
    assertThat(screen.toString()).contains("jobs 100%", "3/3", "1 failed").contains("\r\u001b[Kheddle each: 3 jobs ended");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("got a\ngot b\ngot c\n");
  }

  @Test
  void progress_outputWithoutALastLineBreak_isNotErasedByTheBar() {
    System.setProperty(TERMINAL, "out,err");

    assertThat(each(nothing(), "--progress", "-k", "printf %s {}; printf %s {} >&2; [ {} = a ] || echo", "a", "b")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).as("what a file would get is unchanged").isEqualTo("ab\n");
    assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualTo("ab");
    assertThat(screen.toString().chars().filter(c -> c == '\n').count()).as("line breaks on the screen only").isEqualTo(3);
  }

  @Test
  void progress_outputWithoutALastLineBreakIntoAFile_leavesTheBarWhereItIs() {
    System.setProperty(TERMINAL, "err");

    assertThat(each(nothing(), "--progress", "printf %s {}", "a", "b")).isZero();

    assertThat(screen.toString()).doesNotContain("\n");
  }

  @Test
  void progress_inputsFromAStream_showsTheirNumberWithoutAnEnd() {
    System.setProperty(TERMINAL, "err");

    assertThat(each(new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8)), "--progress", "true")).isZero();

    assertThat(screen.toString()).contains("2/?").doesNotContain("100%");
  }

  @Test
  void progress_inAPipe_showsNothing() {
    assertThat(each(nothing(), "--progress", "true", "a", "b")).isZero();
    assertThat(screen.toString()).isEmpty();
  }

  @Test
  void progress_notAskedFor_orNothingRuns_showsNothing() {
    System.setProperty(TERMINAL, "err");

    assertThat(each(nothing(), "true", "a")).isZero();
    assertThat(each(nothing(), "--progress", "--dry-run", "true", "a")).isZero();

    assertThat(screen.toString()).isEmpty();
  }
}
