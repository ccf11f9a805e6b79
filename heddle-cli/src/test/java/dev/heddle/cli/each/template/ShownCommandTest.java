package dev.heddle.cli.each.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed does what is run, in each shell: the same output, and the same files. */
@Timeout(60)
final class ShownCommandTest {
  @TempDir
  private Path temp;

  private record Ran(String out, int code, Map<String, String> files) {}

  private Ran run(List<String> shell, String script, Map<String, String> variables) throws Exception {
    Path folder = Files.createTempDirectory(temp, "run");
    for (String name : List.of("a", "b", "c", "-")) {
      Files.writeString(folder.resolve(name), "");
    }
    Command command = Command.of(Stream.concat(shell.stream(), Stream.of("-c", script)).toList()).withDirectory(folder);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      command = command.withVariable(variable.getKey(), variable.getValue());
    }
    var ended = command.run();
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(String.valueOf(file.getFileName()), content(file));
      }
    }
    return new Ran(ended.stdout(), ended.exitCode(), files);
  }

  private static String content(Path file) throws IOException {
    return Files.readString(file);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "echo {}>log | 2",
      "echo x {}>log | 1",
      "echo {}<a | 0",
      "echo \"$HOME{}\" | 9",
      "echo $HOME{} | _x",
      "p=AA; echo $p{} | y",
      "p=AA; echo \"$p{}\" | y",
      "set -- AA; echo $1{} \"$1{}\" | 0",
      "echo \"$(echo \"$p{}\")\" | HOME",
      "{} echo hi | PATH=/x",
      "{} echo hi | !",
      "{} | if",
      "{}=b; echo $q | q",
      "echo [{}] | a-c",
      "echo {a,{}} | x,y",
      "echo {{}..3} | 1",
      "case x in {}) echo yes;; *) echo no;; esac | esac",
      "case x in {}) echo yes;; *) echo no;; esac | x",
      "for i in a b; {} echo; done | do",
      "for {} in a; do echo x; done | i",
      "x={}; echo \"$x\" | a:~root",
      "echo \"a{}\" | !!",
      "echo \"$HEDDLE_INPUT\" ${HEDDLE_INPUT%c} {#} | abc",
      "echo $(({#}+1)) | x",
      "echo {} '{}' \"{}\" | it's $x `y` \\",
  })
  void shown_doesWhatIsRun(String template, String input) throws Exception {
    CommandTemplate compiled = new CommandTemplate(template);
    JobInput job = JobInput.of(input);
    for (List<String> shell : Shells.INSTALLED) {
      Ran run = run(shell, compiled.script(job), compiled.variables(job, 1));
      assertThat(run(shell, compiled.shown(job, 1), Map.of())).as("%s, shown %s", shell, compiled.shown(job, 1))
          .isEqualTo(run);
    }
  }

  /** Control characters are printed as $'...', which bash reads, and so do the shells of POSIX 2024. */
  @Test
  void shown_controlCharacters_areWhatIsRun_inBash() throws Exception {
    assumeTrue(Shells.INSTALLED.contains(List.of("bash")), "skipped: no bash here");
    for (String template : List.of("printf '%s|' {}", "printf '%s|' \"a{}b\"", "printf '%s|' 'a{}b'",
        "printf '%s|' a{}b \"$(printf %s \"{}\")\"")) {
      CommandTemplate compiled = new CommandTemplate(template);
      for (String input : List.of("a\nb", "\u001b[2J'\\", "\t\r\u0007", "\u007f0", "a\\nb\n")) {
        JobInput job = JobInput.of(input);
        String shown = compiled.shown(job, 1);
        assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
        String run = Subprocess.command("bash", "-c", compiled.script(job)).withVariable("HEDDLE_INPUT", input).run()
            .stdout();
        assertThat(Subprocess.command("bash", "-c", shown).run().stdout()).as(shown).isEqualTo(run);
      }
    }
  }

  @Test
  void shown_isPlain_whereThatIsCertain() {
    JobInput job = JobInput.of("a.c");
    assertThat(new CommandTemplate("cc {} -o {.} && echo {}; echo {} | cat {} > {/}").shown(job, 1))
        .isEqualTo("cc a.c -o a && echo a.c; echo a.c | cat a.c > a.c");
    assertThat(new CommandTemplate("echo").shown(job, 1)).isEqualTo("echo a.c");
  }
}
