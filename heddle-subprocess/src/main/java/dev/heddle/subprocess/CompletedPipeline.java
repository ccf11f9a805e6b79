package dev.heddle.subprocess;

import java.util.List;

/**
 * The results of the processes of a pipeline. Immutable.
 *
 * @param stages all of them, in their order; only the last has a standard output
 * @param failure the rule for the exit code of the whole
 */
public record CompletedPipeline(List<CompletedProcess> stages, PipeFailure failure) {
  private static final int SIGPIPE = 141;

  /** Copies the list. */
  public CompletedPipeline {
    stages = List.copyOf(stages);
  }

  /** Returns all exit codes, in the order of the commands. */
  public List<Integer> exitCodes() {
    return stages.stream().map(CompletedProcess::exitCode).toList();
  }

  /** Returns the exit code that the pipeline's {@link PipeFailure} selects. */
  public int exitCode() {
    return deciding().exitCode();
  }

  /** Returns whether the exit code is allowed. */
  public boolean isSuccess() {
    return !hasFailed(stages.indexOf(deciding()));
  }

  /** Returns the captured standard output of the last process as text. */
  public String stdout() {
    return stages.getLast().stdout();
  }

  /** Returns a copy of the captured standard output of the last process. */
  public byte[] stdoutBytes() {
    return stages.getLast().stdoutBytes();
  }

  /**
   * Returns this result, if the pipeline succeeded.
   *
   * @throws ProcessFailedException if it did not; it names the process whose exit code was selected
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
