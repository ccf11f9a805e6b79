package dev.heddle.subprocess.run;

import dev.heddle.subprocess.CommandPipeline;
import dev.heddle.subprocess.CompletedPipeline;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.RunningPipeline;
import java.util.List;

/** The execution of a pipeline that its user can follow while it runs. Thread-safe. */
public final class StartedPipeline extends StartedExecution<CompletedPipeline> implements RunningPipeline {

  /** Starts a pipeline. */
  public StartedPipeline(CommandPipeline pipeline) {
    super(pipeline.stages(), pipeline.timeout(), results -> result(pipeline, results));
  }

  private static CompletedPipeline result(CommandPipeline pipeline, List<CompletedProcess> results) {
    CompletedPipeline result = new CompletedPipeline(results, pipeline.failure());
    return pipeline.check() ? result.orThrow() : result;
  }

  @Override
  public List<Long> pids() {
    return processes().stream().map(Process::pid).toList();
  }

  @Override
  public String toString() {
    return described("RunningPipeline");
  }
}
