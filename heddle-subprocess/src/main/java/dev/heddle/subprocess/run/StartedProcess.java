package dev.heddle.subprocess.run;

import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.RunningProcess;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;

/** The execution of one command that its user can follow while it runs. Thread-safe. */
public final class StartedProcess extends StartedExecution<CompletedProcess> implements RunningProcess {
  private final Process process;

  /** Starts a command. */
  public StartedProcess(Command command) {
    super(List.of(command), command.timeout(),
        results -> command.check() ? results.getFirst().orThrow() : results.getFirst());
    this.process = processes().getFirst();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public OptionalInt poll() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  @Override
  public InputStream stderr() {
    return stream(stderrPump(), "stderr");
  }

  @Override
  public void sendSignal(String signal) {
    Signals.send(signal, process);
  }

  @Override
  public String toString() {
    return described("RunningProcess");
  }
}
