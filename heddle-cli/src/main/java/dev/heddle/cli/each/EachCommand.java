package dev.heddle.cli.each;

import dev.heddle.cli.each.log.JobLog;
import dev.heddle.cli.each.log.JobResults;
import dev.heddle.cli.each.output.JobOutput;
import dev.heddle.cli.each.output.JobProgressBar;
import dev.heddle.cli.each.output.LiveOutput;
import dev.heddle.cli.each.run.HaltCondition;
import dev.heddle.cli.each.run.JobFolder;
import dev.heddle.cli.each.run.JobRunner;
import dev.heddle.cli.each.run.JobScheduler;
import dev.heddle.cli.each.run.JobTrace;
import dev.heddle.cli.each.run.Pace;
import dev.heddle.cli.each.template.CommandTemplate;
import dev.heddle.cli.errors.FileErrors;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.options.TimelineOption;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.InterruptOnSignal;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code heddle each}: runs a command for each input, several at once.
 *
 * <p>Origin: GNU parallel.
 */
@Command(name = "each", header = "Runs a command for each input, several at once.", description = {
    "",
    "The command is one argument, run by sh. In it, {} stands for the input, {.} for the input without its extension, {/}"
        + " for its last part, {//} for its folder, {/.} for its last part without extension, {#} for the job's number."
        + " Without any of these, {} is added at its end.",
    "",
    "Several lists of inputs, each begun by :::, give a job for each combination; {1}, {2} and so on are its inputs from each list."
        + " So are the inputs of a job with -N, and the parts of an input with --colsep. Without these, {1} is ordinary text.",
    "",
    "Inputs need no quoting: the shell expands them from variables ($HEDDLE_INPUT, $HEDDLE_JOB ...). Each placeholder is exactly"
        + " one word where it stands, in quotes and in $(...) as well. A command is refused if that is not certain, or if bash might"
        + " evaluate an input, also through a variable: here-documents, quotes inside $${...}, case inside $(...), [[...]], &>,"
        + " function, coproc, alias, and an input inside `...`, $((...)) or a subscript, as an argument of read, unset, let, declare,"
        + " trap, printf -v and the like, after >&, as the value of RANDOM, PS4 and others, without quotes in [ $$x ], or as an argument"
        + " of a command whose name is not certain, as in $$x {} (write env before it). The error says what to write.",
    "",
    "What the command makes of the word is up to the command: an input such as -f may be an option of it (write -- before {}),"
        + " and a second interpreter runs it as code (sh -c 'echo {}', eval, ssh, awk). Pass it as an argument instead:"
        + " sh -c 'echo \"$$1\"' sh {}.",
    "",
    "Options end at COMMAND: what follows are inputs, also -x, -- and @file. Inputs are bytes; they need not be UTF-8.",
    "",
    "The output of a job is printed as a whole when it has ended; outputs do not mix (but see --line-buffer). The standard input of"
        + " jobs is empty.",
    ""
}, parameterListHeading = "%n", optionListHeading = "%n", exitCodeOnInvalidInput = 255, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:every job ended with exit code 0",
    "1-100:the number of failed jobs; with --halt ...,fail=N, the exit code of the job that stopped the run; with --halt ...%%, the"
        + " percentage of jobs that failed",
    "101:more than 100 jobs failed",
    "130, 143:interrupted (Ctrl-C) or terminated; running jobs were ended, with all their child processes",
    "141:the reader of the output has ended",
    "255:the command line is wrong, or a file or the output cannot be written, or an input cannot be read"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle each 'gzip -9 {}' *.log                     compress files, one per processor at a time",
    "  ls *.wav | heddle each -k 'oggenc {} -o {.}.ogg'   outputs in the order of the inputs",
    "  heddle each 'convert {1} -scale {2} {2}-{1}' ::: *.png ::: 100 200   each file in each size",
    "  heddle each --joblog log 'fetch {}' < urls         write a job log ...",
    "  heddle each --joblog log --resume-failed 'fetch {}' < urls   ... and resume from it"
})
public final class EachCommand implements Callable<Integer> {
  private static final int BROKEN = 255;
  private static final double LONGEST = 1e9; // seconds

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "COMMAND", description = "The command to run for each input.")
  private String command = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "INPUT", description = "The inputs (default: the lines of standard input, as they arrive).")
  private List<String> inputs = new ArrayList<>();

  @Option(names = {"-j", "-P",
      "--jobs"}, paramLabel = "N", defaultValue = "100%", description = "At most N jobs at once, or a percentage of the processors, such as 50%% (default: 100%%).")
  private String jobs = "";

  @Option(names = {"-k", "--keep-order"}, description = "Print outputs in the order of the inputs (default: as jobs end).")
  private boolean keepOrder;

  @Option(names = "--retries", paramLabel = "N", defaultValue = "1", description = "Run a job that fails up to N times in all (default: ${DEFAULT-VALUE}).")
  private int retries;

  @Option(names = "--delay", paramLabel = "SECONDS", defaultValue = "0", description = "The time between two starts of jobs (default: ${DEFAULT-VALUE}).")
  private double delay;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "The time after which a job is ended, with all its child processes (default: no limit).")
  private @Nullable Double timeout;

  @Option(names = "--halt", paramLabel = "WHEN", defaultValue = "never", description = "When to stop: soon (start no further jobs) or now (also end the running ones), after a number of jobs that"
      + " fail, success or are done: now,fail=1, soon,success=3, soon,fail=10%% (default: ${DEFAULT-VALUE}).")
  private String halt = "never";

  @Option(names = "--joblog", paramLabel = "FILE", description = "Write a line for each job that has ended to FILE, in the format of GNU parallel.")
  private @Nullable Path joblog;

  @Option(names = "--resume", description = "Skip the jobs that are in the job log.")
  private boolean resume;

  @Option(names = "--resume-failed", description = "Like --resume, but run failed jobs again.")
  private boolean resumeFailed;

  @Option(names = {"--line-buffer",
      "--lb"}, description = "Print each line as it comes, so that lines of different jobs alternate (default: the output of a job as a whole).")
  private boolean lineBuffer;

  @Option(names = "--results", paramLabel = "DIR", description = "Keep the outputs of each job in DIR, as DIR/7/stdout and DIR/7/stderr for job 7, and its input as DIR/7/input.")
  private @Nullable Path results;

  @Option(names = "--tmpdir", paramLabel = "DIR", description = "The folder for outputs of running jobs (default: that of the variable TMPDIR, or of the system).")
  private @Nullable Path tmpdir;

  @Option(names = "--tag", description = "Prefix each line of output with the input.")
  private boolean tag;

  @Option(names = {"--progress", "--bar",
      "--eta"}, description = "Show a progress bar with the remaining time on standard error, if that is a terminal.")
  private boolean progress;

  @Option(names = "--dry-run", description = "Print the commands without running them.")
  private boolean dryRun;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private InputOptions inputOptions;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private TimelineOption timeline;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() {
    HaltCondition halting = check();
    PrintWriter err = spec.commandLine().getErr();
    String hint = inputOptions.hint(command, inputs);
    if (hint != null) {
      err.println("heddle each: " + hint);
    }
    try {
      return run(halting, inputOptions.template(command, inputs), results == null || dryRun ? null : JobResults.in(results));
    } catch (IllegalArgumentException e) {
      err.println("heddle each: " + ControlCharacters.escape(String.valueOf(e.getMessage())));
      return BROKEN;
    } catch (IOException e) {
      err.println("heddle each: " + FileErrors.describe(e));
      return BROKEN;
    } finally {
      err.flush();
    }
  }

  private int run(HaltCondition halting, CommandTemplate template, @Nullable JobResults kept) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try (InterruptOnSignal interrupts = InterruptOnSignal.interruptsThisThread(); // closed last, since the JVM exits then
        JobLog log = openLog();
        JobFolder folder = JobFolder.create(tmpdir)) {
      Duration longest = timeout == null ? null : seconds(timeout);
      JobProgressBar bar = JobProgressBar.on(err, progress && !dryRun, inputOptions.jobs(inputs));
      JobScheduler run = new JobScheduler(
          JobCount.parse(jobs, Runtime.getRuntime().availableProcessors()),
          template,
          new JobRunner(template, retries, longest, folder, interrupts,
              lineBuffer ? new LiveOutput(System.out, System.err, tag, bar) : null, trace()),
          halting,
          new JobOutput(System.out, System.err, err, keepOrder, tag, bar.isShown()),
          bar,
          log,
          kept,
          new Pace(seconds(delay)),
          dryRun ? System.out : null);
      int code;
      boolean timelineWritten;
      try (bar) {
        code = run.run(inputOptions.inputs(inputs));
      } finally {
        timelineWritten = timeline.write(err, "heddle each", command);
      }
      if (run.wasInterrupted() || run.failed() > 0) {
        err.println("heddle each: " + (run.wasInterrupted() ? "interrupted; " : "") + run.done()
            + (run.done() == 1 ? " job ended, " : " jobs ended, ") + run.failed() + " of them failed"
            + (run.failed() == 0 ? "" : ": " + run.failures()));
      }
      return timelineWritten ? code : BROKEN;
    }
  }

  private @Nullable JobTrace trace() {
    TimelineRecorder recorder = dryRun ? null : timeline.recorder();
    return recorder == null ? null : new JobTrace(recorder);
  }

  private HaltCondition check() {
    if (command.isBlank()) {
      throw wrong("COMMAND must be a command, such as 'gzip -9 {}', but was blank");
    }
    if (retries < 1) {
      throw wrong(
          "--retries must be at least 1, but was " + retries + "; it counts all runs of a job, and 1 means no retries");
    }
    if (!(delay >= 0 && delay <= LONGEST)) {
      throw wrong("--delay must be from 0 to 1000000000 seconds, but was " + delay);
    }
    if (timeout != null && !(timeout >= 0.001 && timeout <= LONGEST)) {
      throw wrong("--timeout must be from 0.001 to 1000000000 seconds, but was " + timeout);
    }
    if ((resume || resumeFailed) && joblog == null) {
      throw wrong((resume ? "--resume" : "--resume-failed") + " needs --joblog FILE, the log of the run to resume");
    }
    if (lineBuffer && (keepOrder || results != null)) {
      throw wrong("--line-buffer prints lines as they come, and " + (keepOrder ? "--keep-order" : "--results")
          + " waits for whole outputs; use one of them");
    }
    TimelineRecorder _ = timeline.recorder(); // checks the option
    try {
      JobCount.parse(jobs, 1);
      inputOptions.check(inputs);
      return HaltCondition.parse(halt);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private @Nullable JobLog openLog() throws IOException {
    boolean going = resume || resumeFailed;
    if (joblog == null || (dryRun && (!going || !Files.exists(joblog)))) {
      return null;
    }
    return going ? JobLog.resume(joblog, resumeFailed) : JobLog.create(joblog);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
