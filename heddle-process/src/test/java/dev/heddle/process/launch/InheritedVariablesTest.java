package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That of the variables with options workers get what several JVMs can have, however it is written. */
class InheritedVariablesTest {
  private static final String DEBUGGER = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005";

  @TempDir
  private Path folder;

  private static String cleaned(String name, String value) {
    Map<String, String> environment = new HashMap<>(Map.of(name, value));
    InheritedVariables.clean(environment, Set.of());
    return String.valueOf(environment.get(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "'%s'", "\"%s\"", "-agentlib:\"jdwp=address=*:5005\"",
      "'-Dcom.sun.management.jmxremote.port=9'",
      "-XX:HeapDumpPath='a b'", "\"-Xlog:gc*:file=a b.log\"", "'-XX:StartFlightRecording=filename=a b.jfr'"})
  void port_orFile_quotedOrNot_isTheProgramsOnly(String written) {
    String value = "-Da='b  c' " + written.formatted(DEBUGGER) + " -Dd=\"e f\"";
    assertThat(cleaned("JAVA_TOOL_OPTIONS", value)).isEqualTo("-Da='b  c' -Dd=\"e f\"");
  }

  @Test
  void whatCanBeShared_staysAsItIs() {
    String value = "  -Da='b  c'   -Xlog:gc:stdout \"-Dx=-agentlib:y\" ";
    assertThat(cleaned("JAVA_TOOL_OPTIONS", value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
  void optionsFile_withAPort_isReplacedByTheOthers(String name) throws Exception {
    Path file = Files.writeString(folder.resolve("some options"), "-Da='b c'\n" + DEBUGGER + "\n\t-Xss2m\n");
    assertThat(cleaned(name, "'-XX:VMOptionsFile=" + file + "' -ea")).isEqualTo("-Da='b c' -Xss2m -ea");
  }

  @Test
  void optionsFile_thatCanBeShared_stays() throws Exception {
    Path file = Files.writeString(folder.resolve("options"), "-Xss2m\n");
    String value = "-XX:VMOptionsFile=" + file + " -XX:VMOptionsFile=" + folder.resolve("none");
    assertThat(cleaned("JAVA_TOOL_OPTIONS", value)).isEqualTo(value);
  }

  @Test
  void argumentFile_ofTheJavaCommand_isReplacedByTheOthers() throws Exception {
    Path file = Files.writeString(folder.resolve("arguments"), "-Da=\"b c\" # a comment\n" + DEBUGGER + "\n");
    assertThat(cleaned("JDK_JAVA_OPTIONS", "@" + file + " -ea")).isEqualTo("\"-Da=b c\" -ea");
  }
}
