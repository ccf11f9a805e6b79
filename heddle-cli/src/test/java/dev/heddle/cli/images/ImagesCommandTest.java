package dev.heddle.cli.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class ImagesCommandTest {

  private record Run(int code, String out, String err) {}

  private static Run images(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[args.length + 1];
    all[0] = "images";
    System.arraycopy(args, 0, all, 1, args.length);
    int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(all);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void flags_areDrawnAndUploaded_andTheReportNamesTheBottleneck(@TempDir Path folder) throws Exception {
    Path sheet = folder.resolve("sheet.png");
    Path report = folder.resolve("report.html");

    Run run = images("BR", "FR", "JP", "-s", "LOCAL", "--sizes", "64,32", "--sheet", sheet.toString(), "--report",
        report.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("3 flags, 2 sizes each: 6 pictures to upload to http://127.0.0.1:")
        .contains("6 pictures uploaded")
        .contains("pipeline 'images' completed")
        .containsPattern("(?m)^upload +8 +6 +6 +0 ");
    assertThat(run.err()).isEmpty();
    assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(32);
    assertThat(Files.readString(report)).contains("<svg", "resize");
  }

  @Test
  void countriesThatDoNotExist_areLeftOut_andMakeItFail() {
    Run run = images("-e", "-l", "5", "-s", "LOCAL", "--sizes", "16", "--unordered");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("2 pictures uploaded", "the flag of AA: the server answered 404", "3 failed");
  }

  @Test
  void failFast_endsAtTheFirstFailure() {
    Run run = images("-e", "-l", "200", "-s", "LOCAL", "--sizes", "16", "--fail-fast", "-m", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("heddle images: ", "the flag of AA: the server answered 404");
    assertThat(run.out()).contains("pipeline 'images' failed");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', // messages quote with apostrophes
      value = {
          "--workers 0 | workers must be from 1 to 1000, but was 0",
          "--max-req 0 | connections must be from 1 to 1000, but was 0",
          "--sizes 0 | widths must be from 1 to 4096 pixels, but one was 0",
          "--sizes 5,5 | without duplicates",
          "--sizes x | 'x' is not",
          "--retries -1 | --retries must not be negative",
          "--report /no/such/folder/x.html | --report must be a file that can be written",
          "--sheet . | --sheet must be a file that can be written",
          "-a BR | country codes, --all and --every exclude each other",
          "-s LOCAL --delay 5 | a LOCAL server replies at once",
      })
  void wrongUsage_saysWhatIsWrong(String args, String message) {
    Run run = images(args.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message, "'heddle images --help'");
  }
}
