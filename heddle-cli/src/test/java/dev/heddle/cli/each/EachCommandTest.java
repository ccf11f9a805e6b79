package dev.heddle.cli.each;

import static dev.heddle.cli.each.EachRun.each;
import static dev.heddle.cli.each.EachRun.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Children;
import dev.heddle.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class EachCommandTest {
  @TempDir
  private Path temp;

  @Test
  void each_inputsAsArguments_runsTheCommandForEach() {
    EachRun run = each("echo got {}", "a", "b c", "d");

    assertThat(run.code()).isZero();
    assertThat(run.lines()).containsExactlyInAnyOrder("got a", "got b c", "got d");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void each_inputsOnStandardInput_areItsLines() {
    assertThat(each(text("x\n\ny z\nlast"), "-k", "echo [{}]").lines()).containsExactly("[x]", "[]", "[y z]", "[last]");
    assertThat(each(text("a\nb\0c\0"), "-k", "-0", "printf '[%s]' {}").out()).isEqualTo("[a\nb][c]");
    assertThat(each("echo {}").out()).isEmpty();
  }

  @Test
  void each_withoutPlace_addsTheInputAtTheEnd() {
    assertThat(each("echo got", "a").lines()).containsExactly("got a");
  }

  @Test
  void each_places_standForPartsOfTheInput() {
    assertThat(each("-k", "echo {} {.} {/} {//} {/.} {#}", "dir.d/sub/flag.svg.gz", ".profile", "/x", "a/.b").lines())
        .containsExactly(
            "dir.d/sub/flag.svg.gz dir.d/sub/flag.svg flag.svg.gz dir.d/sub flag.svg 1",
            ".profile .profile .profile . .profile 2",
            "/x /x x / x 3",
            "a/.b a/.b .b a .b 4");
  }

  @Test
  void each_placeInASubstitution_staysOneWord() throws IOException {
    Path file = Files.writeString(temp.resolve("my file.txt"), "");
    assertThat(each("mv {} {//}/\"$(basename {} .txt).md\"", file.toString()).code()).isZero();
    assertThat(temp.resolve("my file.md")).exists();
  }

  @Test
  void each_placeThatTheShellWouldTakeApart_isRefused() {
    assertThat(each("echo `basename {}`", "a").err()).contains("must not have {} inside `...`", "write $(...)");
    assertThat(each("echo $(( ({.}) + 1 ))", "a").err()).contains("must not have {.} inside ((...))");
    assertThat(each("echo $(( $(echo {}) ))", "a").code()).isEqualTo(255);
    assertThat(each("echo $(( ({#}) + 1 )) `echo {#}` {}", "a b").lines()).containsExactly("2 1 a b");
  }

  @Test
  void each_inputThatIsNotUtf8_passesUnchanged() throws IOException {
    Path out = temp.resolve("out");
    Path log = temp.resolve("log");
    InputStream in = new ByteArrayInputStream(new byte[]{'a', (byte) 0xff, '\n', 'b', '\n'});
    assertThat(each(in, "-k", "--joblog", log.toString(), "printf '[%s]' {} >> " + out).code()).isZero();
    assertThat(Files.readAllBytes(out)).hasSize(7).contains((byte) 0xff);
    assertThat(log).content(StandardCharsets.UTF_8).contains("a\\xff");
  }

  @Test
  void each_argumentsAfterTheCommand_areInputs() {
    assertThat(each("-k", "echo {}", "-x", "--", "--jobs", "@/etc/hostname").lines())
        .containsExactly("-x", "--", "--jobs", "@/etc/hostname");
  }

  @Test
  void each_commandLikeAnOption_isNoOptionOfTheShell() {
    for (String command : List.of("-e {}", "+x {}")) {
      EachRun run = each("--", command, "a");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains(command.substring(0, 2) + ": not found");
    }
  }

  @Test
  void each_joblogInAMissingFolder_isToldInWords() {
    EachRun run = each("--joblog", temp.resolve("none/log").toString(), "echo {}", "a");
    assertThat(run.code()).isEqualTo(255);
    assertThat(run.err()).contains("none/log: the file or its folder does not exist; create the folder")
        .doesNotContain("Exception");
  }

  @Test
  void each_controlCharacters_areShownEscaped() {
    assertThat(each("--dry-run", "echo {}", "a\u001b]0;x\u0007\u202eb\n").lines())
        .containsExactly("echo $'a\\x1b]0;x\\x07\\u202eb\\n'");
    assertThat(each("--timeout", "0.001", "sleep 9; echo {}", "\u001b[2J").err()).contains("(\\x1b[2J)")
        .doesNotContain("\u001b");
  }

  @Test
  void each_inputsThatBreak_endTheRun() {
    InputStream broken = new InputStream() {
      @Override
      public int read() {
        throw new IllegalStateException("no more");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        throw new IllegalStateException("no more");
      }
    };
    assertThat(each(broken, "echo {}").err()).contains("reading the inputs failed", "no more");
  }

  @Test
  void each_jobThatExitsWith130_isAFailedJob() throws IOException {
    Path log = temp.resolve("log");
    String killed = String.join(" ", Children.prefix()) + " sh -c 'kill -INT $$; sleep 9'";
    EachRun run = each("-j", "1", "--joblog", log.toString(), "if [ {} = a ]; then exit 130; fi; exec " + killed, "a", "b");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("2 jobs ended, 2 of them failed").doesNotContain("interrupted");
    assertThat(Files.readAllLines(log)).hasSize(3);
  }

  @Test
  void each_hostileInputs_areNeverRun() throws IOException {
    Path victim = Files.writeString(temp.resolve("victim"), "");
    List<String> hostile = List.of(
        "; rm " + victim, "$(rm " + victim + ")", "`rm " + victim + "`", "' ; rm " + victim + " '",
        "\" ; rm " + victim + " \"",
        "| rm " + victim, "&& rm " + victim, "\\", "*", "$HOME", "a  b", "-n", "안녕 $x");
    for (String template : List.of("printf '%s\\n' {}", "printf '%s\\n' \"{}\"", "printf '%s\\n' '{}'",
        "x={}; printf '%s\\n' \"$x\"", "printf '%s\\n' \"$(printf %s {})\"", "# don't\nprintf '%s\\n' {}",
        "printf '%s\\n' \"$(printf '%s' \"$( (printf %s '{}') )\")\"", "x=$((1 + (2))); printf '%s\\n' {}",
        "printf \"%s\\n\" \"\\\"{}\\\"\" | sed 's/^.//; s/.$//'")) {
      String[] args = Stream.concat(
          Stream.of("-k", "--", template), hostile.stream()).toArray(String[]::new);
      assertThat(each(args).lines()).as(template).isEqualTo(hostile);
    }
    assertThat(victim).exists();
  }

  @Test
  void each_keepOrder_printsInTheOrderOfTheInputs() {
    assertThat(each("-k", "-j", "4", "sleep 0.{}; echo {}", "3", "2", "1", "0").lines()).containsExactly("3", "2", "1", "0");
  }

  @Test
  void each_outputsOfJobs_doNotMix() {
    EachRun run = each("-j", "4", "for i in 1 2 3 4 5; do echo {}; sleep 0.01; done", "a", "b", "c", "d");

    assertThat(run.out().replace("\n", "")).matches("([abcd])\\1{4}([abcd])\\2{4}([abcd])\\3{4}([abcd])\\4{4}");
  }

  @Test
  void each_bigBinaryOutput_isPassedOnAsItIs() {
    assertThat(each("head -c {} /dev/zero", "3000000").out()).hasSize(3_000_000);
  }

  @Test
  void each_failures_areCountedInTheExitCode() {
    EachRun run = each("exit {}", "0", "3", "0", "7");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("4 jobs ended, 2 of them failed");
    String[] many = IntStream.range(0, 103).mapToObj(i -> i == 0 ? "exit 1 #" : "x" + i).toArray(String[]::new);
    assertThat(each(many).code()).isEqualTo(101);
  }

  @Test
  void each_standardError_goesToStandardError() {
    EachRun run = each("echo oops >&2; echo fine", "x");
    assertThat(run.out()).isEqualTo("fine x\n");
    assertThat(run.err()).isEqualTo("oops\n");
  }

  @Test
  void each_tag_beginsEachLineWithTheInput() {
    assertThat(each("-k", "--tag", "printf '1\\n2' #", "a", "b").out()).isEqualTo("a\t1\na\t2b\t1\nb\t2");
  }

  @Test
  void each_tag_escapesControlCharacters() {
    assertThat(each(text("a\nb\tc\0"), "-0", "--tag", "echo x #").out()).isEqualTo("a\\nb\\tc\tx\n");
    assertThat(each("--lb", "--tag", "echo x #", "\u001b[2J").out()).isEqualTo("\\x1b[2J\tx\n");
  }

  @Test
  void each_longInput_isShortenedInMessages() {
    String input = "x".repeat(200_000);
    assertThat(each("true", input).err()).contains("(200000 characters)").hasSizeLessThan(3000);
    assertThat(each(": {}; exit 3", input.substring(0, 5000)).err()).contains("(5000 characters)").hasSizeLessThan(3000);
    assertThat(each("echo `" + input.substring(0, 5000) + "{}`", "a").err()).hasSizeLessThan(3000);
  }

  @Test
  void each_onlyPlaceholderInAComment_isRefused() {
    assertThat(each("echo hi # {}", "a").err()).contains("its only placeholder in a comment");
    assertThat(each("echo {} # {}", "a").lines()).containsExactly("a");
    assertThat(each("echo hi #", "a").lines()).containsExactly("hi");
  }

  @Test
  void each_haltPercentage_ofEndlessInput_isAnError() {
    InputStream endless = new InputStream() {
      @Override
      public int read() {
        return '\n';
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        Arrays.fill(bytes, offset, offset + length, (byte) '\n');
        return length;
      }
    };
    assertThat(each(endless, "--halt", "soon,fail=10%", "true").err()).contains("there is no memory for more",
        "give a number of jobs");
  }

  @Test
  void each_retries_runAFailedJobAgain() {
    EachRun run = each("--retries", "3", "echo x >> {}; echo try; test $(wc -l < {}) -eq 3",
        temp.resolve("tries").toString());

    assertThat(run.code()).isZero();
    assertThat(run.lines()).as("the output of the last attempt").containsExactly("try");
    assertThat(temp.resolve("tries")).hasContent("x\nx\nx");
  }

  @Test
  void each_timeout_endsTheJobAndKeepsItsOutput() {
    EachRun run = each("--timeout", "0.5", "echo begun; sleep {}", "600");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("begun\n");
    assertThat(run.err()).contains("job 1 (600): timed out after 0.5 s");
  }

  @Test
  void each_haltSoon_beginsNoFurtherJob() {
    EachRun run = each("-j", "1", "-k", "--halt", "soon,fail=1", "echo {}; exit {}", "0", "5", "0");

    assertThat(run.lines()).containsExactly("0", "5");
    assertThat(run.code()).as("that of the job that failed").isEqualTo(5);
    assertThat(each("-j", "1", "--halt", "soon,success=1", "exit {}", "4", "0", "4").code()).isZero();
    assertThat(each("-j", "1", "--halt", "soon,done=2", "echo {}", "a", "b", "c").lines()).containsExactly("a", "b");
    EachRun half = each("-j", "1", "--halt", "soon,fail=50%", "echo {}; exit {}", "1", "1", "0", "0");
    assertThat(half.lines()).as("of all jobs").hasSize(2);
    assertThat(half.code()).isEqualTo(50);
    assertThat(each(text("0\n0\n1\n0\n0\n0\n0\n0\n"), "-j1", "--halt", "soon,fail=25%", "exit {}").code()).isEqualTo(13);
    assertThat(each("-j1", "--halt", "soon,success=50%", "exit {}", "1", "0", "0", "0", "1", "1").code()).isZero();
    assertThat(each("-j1", "--halt", "soon,success=50%", "exit {}", "0", "0", "1", "1", "1", "1").code()).isEqualTo(67);
  }

  @Test
  void each_haltNow_endsRunningJobs() throws IOException {
    Path pids = temp.resolve("pids");
    EachRun run = each("-j", "2", "--halt", "now,fail=1",
        "if [ {} = long ]; then echo $$ > " + pids + "; exec sleep 600; fi;"
            + " while [ ! -s " + pids + " ]; do sleep 0.01; done; exit 9",
        "long", "short", "never");

    assertThat(run.code()).isEqualTo(9);
    assertThat(run.err()).contains("1 job ended, 1 of them failed");
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pids).strip())).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void each_dryRun_printsTheCommands() {
    assertThat(each("--dry-run", "rm -- {}", "a b", "$(x)").lines()).containsExactly("rm -- 'a b'", "rm -- '$(x)'");
  }

  @Test
  void each_endlessInput_isTakenLazily() throws Exception {
    PipedOutputStream feed = new PipedOutputStream();
    try (feed; PipedInputStream in = new PipedInputStream(feed)) {
      feed.write("a\nb\nc\n".getBytes(StandardCharsets.UTF_8)); // and never an end
      EachRun run = each(in, "-j", "1", "--halt", "soon,done=2", "echo {}");
      assertThat(run.lines()).containsExactly("a", "b");
    }
  }

  @Test
  void each_badInput_isAUsageError() {
    assertThat(each("--jobs", "0", "echo").err()).contains("--jobs must be a number from 1", "was '0'",
        "'heddle each --help'");
    assertThat(each("--jobs", "0", "echo").code()).isEqualTo(255);
    assertThat(each(" ").err()).contains("COMMAND must be a command");
    assertThat(each().err()).contains("COMMAND");
    assertThat(each("--retries", "0", "echo").err()).contains("--retries must be at least 1");
    assertThat(each("--timeout", "0", "echo").err()).contains("--timeout must be from 0.001");
    assertThat(each("--halt", "later", "echo").err())
        .contains("--halt must be never, or now or soon with fail, success or done");
    assertThat(each("--halt", "now,fail=0", "echo").err()).contains("--halt must be never");
    assertThat(each("--resume", "echo").err()).contains("--resume needs --joblog FILE");
    assertThat(each("--null", "echo", "a").err()).contains("--null is for inputs on standard input");
    assertThat(each("--joblog", "/no/such/folder/log", "echo", "a").code()).isEqualTo(255);
  }

  @Test
  void each_help_explainsItself() {
    StringWriter out = new StringWriter();
    int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(out, true)).execute("each", "--help");
    assertThat(code).isZero();
    assertThat(out.toString()).contains("{//}", "--resume-failed", "soon,fail=10%", "101");
  }
}
