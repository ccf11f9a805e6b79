package dev.heddle.base.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That marks of processes are found whatever a process is doing, in a folder that is laid out as Linux lays out /proc. */
@Timeout(60)
final class ProcessTableTest {
  private static final long LATER = ProcessTable.LONGEST_AGE_NANOS + 1;
  private static final String MARKED = "PATH=/bin\0HEDDLE_TREE=outer:own\0";

  @TempDir
  private Path proc;

  private ProcessTable table;

  @BeforeEach
  void create() {
    table = new ProcessTable(proc, new NewestProcess(proc, true));
  }

  private void process(long pid, String state, long flags, String command, String environment) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(String.valueOf(pid)));
    Files.writeString(folder.resolve("cmdline"), command);
    Files.writeString(folder.resolve("environ"), environment);
    Files.writeString(
        folder.resolve("stat"),
        pid + " (a (name)) " + state + " 1 1 1 0 -1 " + flags + " 0".repeat(12) + " 4711 0 0\n",
        StandardCharsets.US_ASCII);
  }

  private ProcessTable.Marked marked(long now) throws IOException {
    ProcessTable.Marked marked = table.marked("own", now);
    return new ProcessTable.Marked(marked.pids().stream().sorted().toList(), marked.complete());
  }

  private static ProcessTable.Marked all(Long... pids) {
    return new ProcessTable.Marked(List.of(pids), true);
  }

  private static ProcessTable.Marked some(Long... pids) {
    return new ProcessTable.Marked(List.of(pids), false);
  }

  @Test
  void marked_processWithTheMark_isFound() throws IOException {
    process(7, "S", 0, "sleep\0", MARKED);
    process(8, "S", 0, "sleep\0", "HEDDLE_TREE=owner\0");
    assertThat(marked(0)).isEqualTo(all(7L));
  }

  @Test
  void marked_processThatIsExecutingANewProgram_isFoundByALaterLook() throws IOException {
    process(7, "R", 0, "", "");
    assertThat(marked(0)).isEqualTo(some());

    process(7, "S", 0, "sleep\0", MARKED);
    assertThat(marked(0)).isEqualTo(all(7L));
  }

  @Test
  void marked_programThatHidesItsEnvironmentForLonger_hasNoMarks() throws IOException {
    process(7, "S", 0, "", "");
    assertThat(marked(0)).isEqualTo(some());
    assertThat(marked(LATER)).isEqualTo(all());
    assertThat(marked(LATER + 1)).isEqualTo(all());
  }

  @Test
  void marked_processWithoutEnvironmentOrOfTheKernelOrEnded_hasNoMarks() throws IOException {
    process(7, "S", 0, "env\0-i\0", "");
    process(8, "I", 0x0020_8040, "", "");
    process(9, "Z", 0, "", "");
    assertThat(marked(0)).isEqualTo(all());
  }

  @Test
  void marked_numberThatAnotherProcessHasLater_isReadAgain() throws IOException {
    process(7, "S", 0, "sleep\0", "PATH=/bin\0");
    assertThat(marked(0)).isEqualTo(all());
    process(7, "S", 0, "sleep\0", MARKED);
    assertThat(marked(LATER)).isEqualTo(all(7L));
  }

  private void newest(long number) throws IOException {
    Files.writeString(proc.resolve("loadavg"), "0.10 0.20 0.30 1/200 " + number + "\n");
  }

  @Test
  void marked_noProcessHasStarted_listsOnlyOnce() throws IOException {
    newest(7);
    process(7, "S", 0, "sleep\0", MARKED);
    assertThat(marked(0)).isEqualTo(all(7L));
    assertThat(marked(NewestProcess.APPEARING_NANOS)).isEqualTo(all(7L));

    process(8, "S", 0, "sleep\0", MARKED); // which the system would have numbered: it is not looked for
    assertThat(marked(NewestProcess.APPEARING_NANOS + 1)).isEqualTo(all(7L));
    assertThat(marked(NewestProcess.APPEARING_NANOS + LATER)).isEqualTo(all(7L, 8L));
  }

  @Test
  void marked_aProcessHasStarted_listsAgain() throws IOException {
    newest(7);
    process(7, "S", 0, "sleep\0", MARKED);
    assertThat(marked(0)).isEqualTo(all(7L));
    assertThat(marked(NewestProcess.APPEARING_NANOS)).isEqualTo(all(7L));

    newest(8);
    process(8, "S", 0, "sleep\0", MARKED);
    assertThat(marked(NewestProcess.APPEARING_NANOS + 1)).isEqualTo(all(7L, 8L));
  }

  @Test
  void marked_aProcessThatHasItsNumberAppearsLater_isFound() throws IOException {
    newest(8);
    process(7, "S", 0, "sleep\0", MARKED);
    assertThat(marked(0)).isEqualTo(all(7L));

    process(8, "S", 0, "sleep\0", MARKED);
    assertThat(marked(1)).isEqualTo(all(7L, 8L));
  }

  @Test
  void marked_aProcessThatWasExecutingANewProgram_isLookedAtAgain() throws IOException {
    newest(7);
    process(7, "R", 0, "", "");
    assertThat(marked(0)).isEqualTo(some());
    assertThat(marked(NewestProcess.APPEARING_NANOS)).isEqualTo(some());

    process(7, "S", 0, "sleep\0", MARKED);
    assertThat(marked(NewestProcess.APPEARING_NANOS + 1)).isEqualTo(all(7L));
  }
}
