package dev.heddle.cli.each.run;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.each.output.LiveOutput;
import dev.heddle.cli.each.template.CommandTemplate;
import dev.heddle.cli.each.template.ShellCommand;
import dev.heddle.cli.terminal.InterruptOnSignal;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.ProcessInterruptedException;
import dev.heddle.subprocess.ProcessTimeoutException;
import dev.heddle.subprocess.SubprocessException;
import dev.heddle.timeline.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs the command for one input. Its output goes to files, so that outputs do not mix and may be of any size.
 *
 * @param attempts how often to run a job that fails, at most
 * @param live prints the output while jobs run; null to write it to files
 * @param trace records when jobs run; null records nothing
 */
public record JobRunner(
    CommandTemplate template, int attempts, @Nullable Duration timeout, JobFolder folder, InterruptOnSignal interrupts,
    @Nullable LiveOutput live, @Nullable JobTrace trace) {
  private static final Duration SIGNAL_WITHIN = Duration.ofMillis(300);
  private static final int NOT_STARTED = 127;
  private static final int TIMED_OUT = -1;
  private static final String FULL = "its output may be incomplete, since there is no space left in the folder for outputs (--tmpdir names"
      + " another one): ";

  /** The end of an attempt. */
  private record End(int exitCode, int signal, boolean ended, @Nullable String problem) {}

  public JobResult run(long number, JobInput input) {
    Path out = folder.path().resolve(number + ".out");
    Path err = folder.path().resolve(number + ".err");
    for (int attempt = 1;; attempt++) {
      long startMillis = System.currentTimeMillis();
      long start = System.nanoTime();
      JobTrace.Run run = trace == null ? null : trace.begin(number, input);
      End end = attempt(input, number, out, err);
      JobResult job = new JobResult(number, input, startMillis, (System.nanoTime() - start) / 1e9, size(out),
          end.exitCode(), end.signal(), end.ended(), end.problem(), out, err);
      boolean last = job.isSuccess() || !job.ended() || attempt >= attempts;
      if (run != null) {
        run.end(ending(job, last));
      }
      if (last) {
        return job;
      }
    }
  }

  private static Span.Ending ending(JobResult job, boolean last) {
    if (job.isSuccess()) {
      return Span.Ending.COMPLETED;
    } else if (!job.ended() || job.exitCode() == TIMED_OUT) {
      return Span.Ending.CANCELLED;
    }
    return !last ? Span.Ending.RETRIED : job.signal() == 0 ? Span.Ending.FAILED : Span.Ending.CRASHED;
  }

  private End attempt(JobInput input, long number, Path out, Path err) {
    try {
      Command command = ShellCommand.of(template.script(input), template.variables(input, number), folder.path());
      Command limited = timeout == null ? command : command.withTimeout(timeout);
      if (live != null) {
        return end(live.run(limited, input));
      }
      End end = end(limited.withStdout(Output.file(out)).withStderr(Output.file(err)).run());
      // a job whose output did not fit may have ended with exit code 0, and said so only where nothing could be written
      // either
      return folder.isFull() ? new End(end.exitCode(), end.signal(), end.ended(), FULL + folder.path().getParent()) : end;
    } catch (ProcessTimeoutException e) {
      String problem = "timed out after " + e.timeout().toNanos() / 1e9 + " s";
      return new End(TIMED_OUT, e.result().signal().orElse(0), true, problem);
    } catch (InterruptedException e) {
      return new End(JobResult.INTERRUPTED, JobResult.SIGINT, false, null);
    } catch (ProcessInterruptedException e) {
      return new End(e.result().exitCode(), e.result().signal().orElse(0), false, null);
    } catch (SubprocessException | IllegalArgumentException | IOException e) {
      return new End(NOT_STARTED, 0, true, e.getMessage());
    } catch (Throwable e) { // such as OutOfMemoryError: the scheduler waits for the end of the job
      return new End(NOT_STARTED, 0, true, e.toString());
    }
  }

  /**
   * Returns the end of a job by itself. A Ctrl-C at the terminal ends jobs and this program, in any order: a job that ended
   * as by SIGINT counts as stopped only if this program gets the signal as well.
   */
  private End end(CompletedProcess process) throws InterruptedException {
    int signal = process.signal().orElse(0);
    boolean stopped = signal == JobResult.SIGINT && interrupts.awaitSignal(SIGNAL_WITHIN);
    return new End(process.exitCode(), signal, !stopped, null);
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }
}
