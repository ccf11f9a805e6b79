package dev.heddle.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.doctor.Finding.Level;
import dev.heddle.cli.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of the doctor, on machines that are made up. */
final class DoctorChecksTest {
  @TempDir
  private Path root;

  private MachineView machine(Map<String, String> environment, Map<String, String> properties) {
    return new MachineView(environment, properties, root);
  }

  private MachineView withLimits(String files, String processes) throws IOException {
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/limits"),
        "Limit                     Soft Limit           Hard Limit           Units     \n"
            + "Max processes             " + processes + "                95855                processes \n"
            + "Max open files            " + files + "                 524288               files     \n");
    return machine(Map.of(), Map.of());
  }

  @Test
  void limits_areReadFromProc() throws IOException {
    MachineView machine = withLimits("4096", "95855");
    assertThat(LimitChecks.files(machine)).isEqualTo(Finding.ok("open files", "4096"));
    assertThat(LimitChecks.processes(machine)).isEqualTo(Finding.ok("processes", "95855"));
    assertThat(LimitChecks.processes(withLimits("1", "unlimited"))).isEqualTo(Finding.ok("processes", "unlimited"));
  }

  @Test
  void lowLimits_areNotesWithTheRemedy() throws IOException {
    MachineView machine = withLimits("256", "100");
    assertThat(LimitChecks.files(machine).level()).isEqualTo(Level.NOTE);
    assertThat(LimitChecks.files(machine).remedy()).contains("ulimit -n");
    assertThat(LimitChecks.processes(machine).remedy()).contains("ulimit -u");
    assertThat(LimitChecks.memory(256L << 20, 64L << 20).level()).isEqualTo(Level.NOTE);
  }

  @Test
  void containersLimitOfProcesses_counts() throws IOException {
    MachineView machine = withLimits("4096", "unlimited");
    Files.writeString(root.resolve("proc/self/cgroup"), "0::/pod/one\n");
    Files.createDirectories(root.resolve("sys/fs/cgroup/pod/one"));
    Files.writeString(root.resolve("sys/fs/cgroup/pod/one/pids.max"), "64\n");
    assertThat(LimitChecks.processes(machine)).extracting(Finding::value, Finding::level)
        .containsExactly("64 (of the container)", Level.NOTE);
    Files.writeString(root.resolve("sys/fs/cgroup/pod/one/pids.max"), "max\n");
    assertThat(LimitChecks.processes(machine).value()).isEqualTo("unlimited");
  }

  @Test
  void withoutProc_limitsAreUnknownAndNoProblem() {
    assertThat(LimitChecks.files(machine(Map.of(), Map.of()))).extracting(Finding::level, Finding::value)
        .containsExactly(Level.OK, "unknown: this system has no /proc");
  }

  @Test
  void localeOfAscii_isANoteThatSaysWhatToSet() {
    Finding finding = JavaChecks.locale(machine(Map.of("LANG", "C"), Map.of("sun.jnu.encoding", "ANSI_X3.4-1968")));
    assertThat(finding.level()).isEqualTo(Level.NOTE);
    assertThat(finding.value()).isEqualTo("C, file names in ANSI_X3.4-1968");
    assertThat(finding.remedy()).contains("LC_ALL=C.UTF-8");
    assertThat(JavaChecks.locale(machine(Map.of(), Map.of("sun.jnu.encoding", "UTF-8"))).level()).isEqualTo(Level.OK);
  }

  @Test
  void startWithoutTheCache_isANote() {
    assertThat(JavaChecks.start(List.of("-XX:AOTCache=/x.aot")).level()).isEqualTo(Level.OK);
    assertThat(JavaChecks.start(List.of()).remedy()).contains("HEDDLE_AOT=off");
  }

  @Test
  void temporaryFolder_thatIsMissing_isAProblem() {
    Finding finding = FolderChecks.temporary(root.resolve("missing"));
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.remedy()).contains("-Djava.io.tmpdir=");
    assertThat(FolderChecks.temporary(root).value()).startsWith(root + ", ");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void cacheBelowAHomeThatIsAFile_isANote() throws IOException {
    Path file = Files.createFile(root.resolve("home"));
    Finding finding = FolderChecks.cache(machine(Map.of(), Map.of("user.home", file.toString())));
    assertThat(finding.name()).isEqualTo("worker cache");
    assertThat(FolderChecks.cache(machine(Map.of("XDG_CACHE_HOME", root.resolve("cache").toString()), Map.of())).value())
        .startsWith(root.resolve("cache/heddle/aot").toString());
  }

  @Test
  void programs_thatAreMissing_areNotedWithWhatIsNotPossible() throws IOException {
    Path tool = Files.createFile(root.resolve("openssl"));
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    Finding finding = ProcessChecks.programs(machine(Map.of("PATH", root.toString()), Map.of()));
    assertThat(finding.value()).isEqualTo("openssl");
    assertThat(finding.remedy()).contains("Without python3: not the times of CPython");
  }

  @Test
  void lines_areAtMost80ColumnsWideAndReadableWithoutColours() {
    Finding finding = Finding.problem("temp folder", "/a ".repeat(60).strip(), "word ".repeat(60).strip());
    assertThat(DoctorCommand.lines(finding)).hasSizeGreaterThan(8).allMatch(line -> line.length() < 80)
        .first().asString().startsWith("problem  temp folder    /a /a");
  }

  @Test
  void report_isJson() {
    assertThat(JsonText.of(DoctorCommand.report(List.of(Finding.ok("Java", "25")), true)))
        .contains("\"works\":true", "\"level\":\"ok\"", "\"name\":\"Java\"");
  }
}
