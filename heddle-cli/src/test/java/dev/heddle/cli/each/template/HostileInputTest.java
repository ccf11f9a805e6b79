package dev.heddle.cli.each.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.cli.terminal.Utf8Bytes;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs reach the command as exactly one argument, in sh and in bash, or the template is refused. */
@Timeout(120)
final class HostileInputTest {
  /** Whether the locale of this build can express an input; for others {@code each} has an error with the remedy. */
  private static boolean isInThisCharset(String input) {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).newEncoder().canEncode(input);
  }

  private static final List<String> INPUTS = Stream.of(
      "plain", "", " ", "a b", "*", "a *", "-rf", "--", "@file", "$(touch pwned)", "`touch pwned`", "; touch pwned",
      "\n touch pwned\n",
      "'; touch pwned; '", "\"; touch pwned; \"", "a[$(touch pwned)]", "x=a[$(touch pwned)]", "\\", "\\\\", "a\\",
      "\u001b]0;x\u0007",
      "~", "~root", "{a,b}", "${HOME}", "$HOME", "#x", "!x", ">pwned", "&", "|touch pwned", "&& touch pwned", "END", "1 + 1",
      "ü €",
      "a\tb", "%s%n", "x\n", "\n\n", "= -o 1", "!(x)", "[a-z]*").filter(HostileInputTest::isInThisCharset).toList();

  private static final int EFFORT = Integer.getInteger("heddle.effort", 1); // 20 with -Plong

  /** Each template meets a quarter of the inputs, since a process for each takes time; all of them in a long run. */
  private static final int SHARES = EFFORT > 1 ? 1 : 4;

  /** Contexts in which an input is one word; ARGS shows its arguments. */
  private static final List<String> ACCEPTED = List.of(
      "ARGS {}",
      "ARGS \"{}\"",
      "ARGS '{}'",
      "ARGS \"\"{}''",
      "true; ARGS {}",
      "x={}; ARGS \"$x\"",
      "export x={}; ARGS \"$x\"",
      "ARGS {} # a quote: '",
      "# a quote: \"\nARGS {}",
      "echo \\# \\' \\\" >/dev/null; ARGS {}",
      "echo a\\ #'b c' >/dev/null; ARGS {}",
      "if [ -n x ]; then ARGS {}; fi",
      "for i in 1; do ARGS {}; done",
      "( ARGS {} )",
      "( ( ARGS {} ) )",
      "{ ARGS {}; }",
      "f() { ARGS \"$1\"; }; f {}",
      "case x in a) ;; x) ARGS {};; esac",
      "case {} in *) ARGS {};; esac",
      "ARGS {} | cat",
      "true && ARGS {} || true",
      "sh -c 'ARGS \"$1\"' sh {}",
      "echo ${HOME} ${x:-y} ${#x} >/dev/null; ARGS {}",
      "echo $((1 + 2 * (3 - {#}))) >/dev/null; ARGS {}",
      "printf x >/dev/null; ARGS {} 2>&1",
      "echo read unset let >/dev/null; ARGS {}",
      "read x </dev/null; ARGS {}",
      "unset x; ARGS {}",
      "ARGS \\\n  {}",
      "[ {} = x ]; ARGS {}",
      "test -f {}; ARGS {}",
      "ARGS \"$(printf '%s' \"$(printf '%sx' {})\")\" | sed '$ s/x\\(.\\)$/\\1/'",
      "f() { g() { ARGS \"$1\"; }; g \"$1\"; }; f {}",
      "while read -r x; do :; done </dev/null; ARGS {}",
      "for x in {}; do ARGS \"$x\"; done",
      "set -- {}; ARGS \"$@\"",
      "x=\"{}\"; export y='{}'; [ \"$x\" = \"$y\" ] && ARGS {}",
      "case \"$(true)\" in '') ARGS '{}';; esac",
      "i=0; while [ $i -lt 2 ]; do i=$((i+1)); done; ARGS {}",
      "for i in 1 2; do : $((i * 2)); done; ARGS {}",
      "n={#}; : $((n % 2)) $((n + $#)); ARGS {}",
      "sleep 0 & pid=$!; wait $pid; ARGS {}",
      "f() { local y=\"$1\"; ARGS \"$y\"; }; f {}",
      "export PATH=$PATH:/opt/bin; ARGS {}",
      "export PATH=$HOME/bin:$PATH; ARGS {}",
      "x={}; [ \"$x\" = 1 ] || [ -n \"$x\" -a -z \"$x\" ] || ARGS {}",
      "printf '%s' {} >/dev/null; printf -- {} >/dev/null; ARGS {}",
      "printf \"{}: %s\\n\" x >/dev/null; ARGS {}",
      "trap 'echo x' USR1; ARGS {}",
      "exec 3>/dev/null; echo {} >&3 2>&1; ARGS {}",
      "\"$HOME/none\" {} 2>/dev/null; $HOME/none {} 2>/dev/null; ARGS {}",
      "ENVIRONMENT=x; : \"${HOME%/}\" \"${1:-x}\"; ARGS {}",
      "ARGS \"a\"'b'{}c | sed 's/ab//; s/c\\(.\\)$/\\1/'");

  /** Pieces of random templates. */
  private static final List<String> FRAGMENTS = List.of("{}", "{}", "{}", "'", "\"", "\\", "$", "(", ")", "{ ", "; }", "`",
      "${", "}",
      "$(", "$((", "))", "[[ ", " ]]", "a[", "]=1 ", "x=", "RANDOM=", " let ", " unset ", "function f ", "f() ",
      "declare -i y; y=", "case x in x) ", ";; esac", " <<E\n", "\nE\n", "#", " ", "\n", ";", "|", "&", ">", "<", "<(",
      "echo ", "./args ",
      "\\\n", "!", "test -v ", "printf -v ", "-eq 1", "for i in ", "; do ", "; done", "if true; then ", "; fi", "@(",
      "{x}>f ", "x={}; ", "$x ", "\"$x\" ", "$((x)) ", "$((x+1)) ", "[ ", " ]", "=", "test ", "printf ", "read x; ",
      "for x in {}; do ",
      "wait ", "export ", "a[$x]", ">&", "&>", "$HEDDLE_INPUT ", "${x:x}", "${x:1} ", "set -- {}; ", "\"$@\" ", "$1",
      "$(echo {}) ",
      "x=1; ", "x=$((x+1)); ", "-v ", "local x=", "command ", "\"", "i=0; ", "$((i)) ");

  @TempDir
  private Path temp;

  @BeforeEach
  void fill() throws IOException {
    for (String name : List.of("one", "two", "a", "b")) {
      Files.createFile(temp.resolve(name));
    }
    Path args = Files.writeString(temp.resolve("args"), "#!/bin/sh\nprintf '%s\\0' \"$#\" \"$@\"\n");
    Files.setPosixFilePermissions(args, PosixFilePermissions.fromString("rwx------"));
  }

  static Stream<String> accepted() {
    return ACCEPTED.stream().filter(template -> !template.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void input_inAnAcceptedTemplate_isExactlyOneArgument(String template) throws Exception {
    for (List<String> shell : Shells.INSTALLED) {
      CommandTemplate compiled = new CommandTemplate(template.replace("ARGS", "./args"));
      for (int i = ACCEPTED.indexOf(template) % SHARES; i < INPUTS.size(); i += SHARES) {
        String input = INPUTS.get(i);
        Map<String, String> variables = compiled.variables(JobInput.of(input), 1);
        var command = Subprocess
            .command(Stream.concat(shell.stream(), Stream.of("-c", compiled.script(JobInput.of("")))).toList())
            .withDirectory(temp);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
          command = command.withVariable(variable.getKey(), variable.getValue());
        }
        CompletedProcess ended = command.run();
        assertThat(new String(ended.stdoutBytes(), StandardCharsets.UTF_8))
            .as("%s, template %s, input %s, stderr %s", shell, template, input, ended.stderr())
            .isEqualTo("1\0" + input + "\0");
        assertThat(temp.resolve("pwned")).as("%s, template %s, input %s", shell, template, input).doesNotExist();
      }
    }
  }

  /** What is printed does what is run, and both give the command one argument; control characters are escaped in print only. */
  @ParameterizedTest
  @MethodSource("accepted")
  void dryRun_showsWhatIsRun(String template) throws Exception {
    CommandTemplate compiled = new CommandTemplate(template.replace("ARGS", "./args"));
    for (int i = ACCEPTED.indexOf(template) % SHARES; i < INPUTS.size(); i += SHARES) {
      String input = INPUTS.get(i);
      if (input.codePoints().anyMatch(Character::isISOControl)) {
        assertThat(compiled.shown(JobInput.of(input), 1)).doesNotContain("\u001b", "\n", "\t", "\u0007");
        continue;
      }
      if (template.contains("\n")) {
        continue; // a line break of the template itself is escaped, too
      }
      CompletedProcess ended = Subprocess.command("sh", "-c", compiled.shown(JobInput.of(input), 1)).withDirectory(temp)
          .run();
      assertThat(new String(ended.stdoutBytes(), StandardCharsets.UTF_8))
          .as("template %s, input %s, shown %s, stderr %s", template, input, compiled.shown(JobInput.of(input), 1),
              ended.stderr())
          .isEqualTo("1\0" + input + "\0");
      assertThat(temp.resolve("pwned")).doesNotExist();
    }
  }

  /** Random templates: each is refused, or the shell runs nothing that is in the input. */
  @Test
  @Timeout(1200) // with -Plong; the processes have their own limits
  void randomTemplates_neverRunTheInput() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> attacks = List.of("a[$(touch pwned)]", "-va[$(touch pwned)]", "-v a[$(id>pwned)]", "x[$(touch pwned)]",
        "$(touch pwned)", "`touch pwned`", "'\"; touch pwned; \"'");
    int run = 0;
    for (int i = 0; i < 20_000 * EFFORT && run < 150 * EFFORT; i++) {
      StringBuilder template = new StringBuilder("./args ");
      for (int j = 2 + random.nextInt(9); j > 0; j--) {
        template.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
      }
      CommandTemplate compiled;
      try {
        compiled = new CommandTemplate(template.toString());
      } catch (IllegalArgumentException e) {
        continue;
      }
      run++;
      String input = attacks.get(random.nextInt(attacks.size()));
      for (List<String> shell : Shells.INSTALLED) {
        var command = Subprocess
            .command(Stream.concat(shell.stream(), Stream.of("-c", compiled.script(JobInput.of("")))).toList())
            .withDirectory(temp)
            .withTimeout(Duration.ofSeconds(20));
        for (Map.Entry<String, String> variable : compiled.variables(JobInput.of(input), 1).entrySet()) {
          command = command.withVariable(variable.getKey(), variable.getValue());
        }
        command.run();
        assertThat(temp.resolve("pwned")).as("%s, template %s, input %s, seed %s", shell, template, input, seed)
            .doesNotExist();
      }
    }
    assertThat(run).as("accepted templates").isGreaterThan(50 * EFFORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff", "a\u00fe\u00ffb \u00e4", "\u00c3(", "\u00ff\n", "\n\u00ff"})
  void bytesThatAreNotUtf8_reachTheCommandUnchanged(String latin1) throws Exception {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    String input = Utf8Bytes.decode(bytes);
    assertThat(Utf8Bytes.encode(input)).isEqualTo(bytes);
    CommandTemplate template = new CommandTemplate("printf '%s|%s' {} {/}");
    CompletedProcess ended = ShellCommand
        .of(template.script(JobInput.of("")), template.variables(JobInput.of(input), 1), temp).run();
    assertThat(new String(ended.stdoutBytes(), StandardCharsets.ISO_8859_1)).isEqualTo(latin1 + "|" + latin1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo '\u00ff' {}"})
  void templateThatIsNotUtf8_isRunUnchanged(String latin1) throws Exception {
    CommandTemplate template = new CommandTemplate(Utf8Bytes.decode(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    CompletedProcess ended = ShellCommand.of(template.script(JobInput.of("")), template.variables(JobInput.of("x"), 1), temp)
        .run();
    assertThat(new String(ended.stdoutBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("\u00ff x\n");
  }
}
