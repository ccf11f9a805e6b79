package dev.heddle.subprocess;

import java.util.List;

/**
 * How the processes of a pipeline ended. Immutable.
 *
 * @param stages all of them, in their order; only the last has a standard output
 * @param failure which of the exit codes is that of the whole
 */
public record CompletedPipeline(List<CompletedProcess> stages, PipeFailure failure) {
  private static final int SIGPIPE = 141;

  /** Copies the list. */
  public CompletedPipeline {
    stages = List.copyOf(stages);
  }

  /** All exit codes, in the order of the commands. */
  public List<Integer> exitCodes() {
    return stages.stream().map(CompletedProcess::exitCode).toList();
  }

  /** That of the process which decides, by the pipeline's {@link PipeFailure}. */
  public int exitCode() {
    return deciding().exitCode();
  }

  /** Whether the exit code is allowed. */
  public boolean isSuccess() {
    return !hasFailed(stages.indexOf(deciding()));
  }

  /** What the last process wrote, as text. */
  public String stdout() {
    return stages.getLast().stdout();
  }

  /** What the last process wrote. */
  public byte[] stdoutBytes() {
    return stages.getLast().stdoutBytes();
  }

  /**
   * This, if it succeeded.
   *
   * @throws ProcessFailedException that tells of the process which decides
   */
  public CompletedPipeline orThrow() {
    if (!isSuccess()) {
      throw new ProcessFailedException(deciding());
    }
    return this;
  }

  private CompletedProcess deciding() {
    if (failure != PipeFailure.LAST) {
      for (int i = stages.size() - 1; i >= 0; i--) {
        if (hasFailed(i)) {
          return stages.get(i);
        }
      }
    }
    return stages.getLast();
  }

  private boolean hasFailed(int index) {
    CompletedProcess stage = stages.get(index);
    boolean satisfied = failure == PipeFailure.ANY && stage.exitCode() == SIGPIPE && index < stages.size() - 1
        && !hasFailed(index + 1);
    return !stage.isSuccess() && !satisfied;
  }
}
