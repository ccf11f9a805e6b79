package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the remedy fits what was said. */
class StartRemedyTest {
  private static final String NO_JVM = "\nError: Could not create the Java Virtual Machine.\n";

  private static String said(String tail) {
    return StartRemedy.of("its process exited with code 1", tail, Map.of("JAVA_TOOL_OPTIONS", "-Da=b -XX:+Foo"));
  }

  private static String failed(String reason) {
    return StartRemedy.of("it could not be started: " + reason, "", Map.of());
  }

  @Test
  void option_refused_namesWhereItComesFrom() {
    assertThat(said("Unrecognized VM option 'Bar'" + NO_JVM)).isEqualTo("mend the options of the workers' JVM");
    assertThat(said("Unrecognized option: -Bar" + NO_JVM)).isEqualTo("mend the options of the workers' JVM");
    assertThat(said("Unrecognized VM option 'Foo'" + NO_JVM)).contains("'Foo' in the variable JAVA_TOOL_OPTIONS");
  }

  @Test
  void othersThanOptions_areNotBlamedOnThem() {
    assertThat(
        said("Error occurred during initialization of VM\nCould not reserve enough space for 9g object heap" + NO_JVM))
        .contains("withHeap").doesNotContain("options");
    assertThat(
        said("Error occurred during initialization of boot layer\njava.lang.module.FindException: Module shop not found"))
        .contains("module shop", "withJava");
    assertThat(said("java.lang.UnsupportedClassVersionError: dev/heddle/process/worker/WorkerMain")).contains("withJava");
    assertThat(said("Error: Could not find or load main class dev.heddle.process.worker.WorkerMain")).contains("jars");
    assertThat(said("Error: Could not find or load main class Xmx1g")).contains("mend the option 'Xmx1g'")
        .doesNotContain("jars");
    assertThat(said("oops")).isEqualTo("remove what ends them");
  }

  @Test
  void command_thatCannotBeRun_namesWhatIsMissing() {
    assertThat(failed("Cannot run program \"/x/java\": Exec failed, error: 2 (No such file or directory)"))
        .contains("withJava");
    assertThat(failed("Cannot run program \"/x/java\" (in directory \"/y\"): error=2, No such file or directory"))
        .contains("withDirectory");
    assertThat(failed("Cannot run program \"/x/java\": error=13, Permission denied")).contains("let this user run");
    assertThat(failed("Cannot run program \"/x/java\": error=12, Cannot allocate memory")).contains("ulimit");
  }
}
