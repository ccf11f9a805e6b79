package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the remedy fits what was said. */
class StartRemedyTest {
  private static final String NO_JVM = "\nError: Could not create the Java Virtual Machine.\n";

  private static String said(String tail) {
    return said(tail, false);
  }

  private static String said(String tail, boolean modular) {
    return StartRemedy.of("its process exited with code 1", tail, new OptionSources(
        List.of("-XX:+Own", "--add-modules=own.module"), Map.of("JAVA_TOOL_OPTIONS", "-Da=b -XX:+Foo"), modular));
  }

  private static String failed(String reason) {
    return StartRemedy.of("it could not be started: " + reason, "", OptionSources.NONE);
  }

  @Test
  void option_refused_namesWhereItComesFrom() {
    assertThat(said("Unrecognized VM option 'Bar'" + NO_JVM)).isEqualTo("mend the option 'Bar' of the workers' JVM");
    assertThat(said("Unrecognized option: -Bar" + NO_JVM)).isEqualTo("mend the option '-Bar' of the workers' JVM");
    assertThat(said("Unrecognized VM option 'Own'" + NO_JVM))
        .isEqualTo("mend the option 'Own' in withJvm(jvm -> jvm.withOptions(…))");
    assertThat(said("Invalid maximum heap size: -Xmx1q" + NO_JVM)).isEqualTo("mend the options of the workers' JVM");
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
    assertThat(said("Error: Unable to initialize main class dev.heddle.process.worker.WorkerMain\n"
        + "Caused by: java.lang.NoClassDefFoundError: dev/heddle/codec/CodecErrors")).contains("jars");
    assertThat(said("java.lang.ClassNotFoundException: dev.heddle.codec.TaskDecoder")).contains("jars");
    assertThat(said("Error: Could not find or load main class Xmx1g")).contains("mend the option 'Xmx1g'")
        .doesNotContain("jars");
    assertThat(said("oops")).isEqualTo("remove what ends them");
  }

  @Test
  void module_missing_isBlamedOnWhatNamesIt() {
    String missing = "java.lang.module.FindException: Module %s not found";
    assertThat(said(missing.formatted("shop"))).contains("withJava", "Carried.MODULES");
    assertThat(said(missing.formatted("shop"), true)).as("which the switch does not leave out").contains("withJava")
        .doesNotContain("Carried");
    assertThat(said(missing.formatted("own.module"))).contains("'own.module' in withJvm(jvm -> jvm.withOptions");
  }

  @Test
  void variables_areTheWorkers() {
    assertThat(InheritedVariables.of(
        Map.of("JAVA_TOOL_OPTIONS", "-Dour=1", "JDK_JAVA_OPTIONS", "-agentlib:x -Dboth=1", "OTHER", "-Dno=1"),
        Map.of("JAVA_TOOL_OPTIONS", "-Dchosen=1", "MORE", "-Dno=2")))
        .isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-Dchosen=1", "JDK_JAVA_OPTIONS", "-Dboth=1"));
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
