package dev.heddle.cli.each;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.terminal.Utf8Bytes;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs reach the command as exactly one argument, in sh and in bash, or the template is refused. */
@Timeout(120)
final class HostileInputTest {
  private static final List<String> INPUTS = List.of(
      "plain", "", " ", "a b", "*", "a *", "-rf", "--", "@file", "$(touch pwned)", "`touch pwned`", "; touch pwned",
      "\n touch pwned\n",
      "'; touch pwned; '", "\"; touch pwned; \"", "a[$(touch pwned)]", "x=a[$(touch pwned)]", "\\", "\\\\", "a\\",
      "\u001b]0;x\u0007",
      "~", "~root", "{a,b}", "${HOME}", "$HOME", "#x", "!x", ">pwned", "&", "|touch pwned", "&& touch pwned", "END", "1 + 1",
      "ü €",
      "a\tb", "%s%n", "x\n", "\n\n", "= -o 1", "!(x)", "[a-z]*");

  private static final int SHARES = 4; // each template meets a quarter of the inputs: a process for each takes time

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
      "test -f {}; ARGS {}");

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
    for (List<String> shell : List.of(List.of("sh"), List.of("bash", "--posix"))) {
      CommandTemplate compiled = new CommandTemplate(template.replace("ARGS", "./args"));
      for (int i = ACCEPTED.indexOf(template) % SHARES; i < INPUTS.size(); i += SHARES) {
        String input = INPUTS.get(i);
        Map<String, String> variables = compiled.variables(input, 1);
        var command = Subprocess.command(Stream.concat(shell.stream(), Stream.of("-c", compiled.script())).toList())
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

  @ParameterizedTest
  @ValueSource(strings = {
      "cat <<END\na 5\" disk\nEND\nrm -f {}",
      "cat <<-END\n{}\nEND",
      "cat <<'END'\n{}\nEND",
      "cat <\\\n<END\n'\nEND\nrm {}",
      "echo `echo {}`",
      "echo $(( {} ))",
      "(( {} )) && echo",
      "((echo \"))\" ); rm {})",
      "echo $[ {} ]",
      "[[ {} -eq 1 ]]",
      "[[ a && {} -eq 1 ]]",
      "[[ ( {} -eq 1 ) ]]",
      "if ! [[ -v {} ]]; then echo; fi",
      "let {}",
      "let x={}",
      "let \"x = {}\"",
      "'let' {}",
      "l\\et {}",
      "x=1 let {}",
      ">/dev/null let {}",
      "2>/dev/null let {}",
      "let &>/dev/null {}",
      "if let {}; then echo; fi",
      "command let {}",
      "echo ${a[{}]}",
      "echo ${a:{}}",
      "echo ${x:-{}}",
      "echo \"${x:-'}\"; rm {}",
      "echo \"${x#\"}\"}\"; rm {}",
      "printf -v {} x",
      "printf -v a[{}] x",
      "test -v {}",
      "[ -v {} ]",
      "[ ! -v {} ]",
      "declare {}",
      "declare -i x={}",
      "declare -i x; x={}",
      "typeset {}=1",
      "f() { local -i x=1; }; f {}",
      "local {}",
      "export {}",
      "export {}=x",
      "readonly {}",
      "unset {}",
      "read {}",
      "read -r x {} <file",
      "mapfile {}",
      "getopts ab {}",
      "a[{}]=1",
      "a=([{}]=1)",
      "echo \"$(case x in a) echo;; esac)\" {}",
      "echo $'it\\'s' {}",
      "echo '{}",
      "echo \"{}",
      "echo $(echo {}"
  })
  void template_thatIsNotCertain_isRefused(String template) {
    assertThatThrownBy(() -> new CommandTemplate(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("COMMAND must not have ")
        .hasMessageContaining("but was '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff", "a\u00fe\u00ffb \u00e4", "\u00c3(", "\u00ff\n", "\n\u00ff"})
  void bytesThatAreNotUtf8_reachTheCommandUnchanged(String latin1) throws Exception {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    String input = Utf8Bytes.decode(bytes);
    assertThat(Utf8Bytes.encode(input)).isEqualTo(bytes);
    CommandTemplate template = new CommandTemplate("printf '%s|%s' {} {/}");
    CompletedProcess ended = ShellCommand.of(template.script(), template.variables(input, 1), temp).run();
    assertThat(new String(ended.stdoutBytes(), StandardCharsets.ISO_8859_1)).isEqualTo(latin1 + "|" + latin1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo '\u00ff' {}"})
  void templateThatIsNotUtf8_isRunUnchanged(String latin1) throws Exception {
    CommandTemplate template = new CommandTemplate(Utf8Bytes.decode(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    CompletedProcess ended = ShellCommand.of(template.script(), template.variables("x", 1), temp).run();
    assertThat(new String(ended.stdoutBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("\u00ff x\n");
  }
}
