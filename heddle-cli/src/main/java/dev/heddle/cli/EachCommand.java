package dev.heddle.cli;

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
    "Inputs need no quoting: the shell reads them from variables ($HEDDLE_INPUT, $HEDDLE_JOB ...), each as one word, in"
        + " quotes or in $(...) or not, so that none of them is ever run as a command. Only a shell inside the command"
        + " (sh -c, eval, ssh) would do that. In `...` and $((...)) there may be {#} only.",
    "",
    "What a job writes is printed as a whole when it has ended; outputs do not mix. Jobs read nothing from standard"
        + " input.",
    ""
}, parameterListHeading = "%n", optionListHeading = "%n", exitCodeOnInvalidInput = 255, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:every job ended with exit code 0",
    "1-100:so many jobs failed; with --halt ...,fail=, the exit code of the job that stopped it",
    "101:more than 100 jobs failed",
    "130:interrupted (Ctrl-C, or a job that ended by SIGINT); running jobs were ended, with all their child processes",
    "141:nobody read the output any more",
    "255:the command line is wrong, or a file cannot be read or written"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle each 'gzip -9 {}' *.log                     compress files, one for each processor at once",
    "  ls *.wav | heddle each -k 'oggenc {} -o {.}.ogg'   outputs in the order of the inputs",
    "  heddle each --joblog log 'fetch {}' < urls         write a log ...",
    "  heddle each --joblog log --resume-failed 'fetch {}' < urls   ... and go on with what is left"
})
final class EachCommand implements Callable<Integer> {
  private static final int BROKEN = 255;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "COMMAND", description = "What to run for each input.")
  private String command = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "INPUT", description = "The inputs; without any, they are the lines of standard input, as they come.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = {"-j",
      "--jobs"}, paramLabel = "N", description = "At most N jobs at once (default: one for each processor).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = {"-k", "--keep-order"}, description = "Print outputs in the order of the inputs (default: as jobs end).")
  private boolean keepOrder;

  @Option(names = "--retries", paramLabel = "N", defaultValue = "0", description = "How often to run a failed job again (default: ${DEFAULT-VALUE}).")
  private int retries;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long a job may take until it is ended, with all its child processes (default: as long as it"
      + " takes).")
  private @Nullable Double timeout;

  @Option(names = "--halt", paramLabel = "WHEN", defaultValue = "never", description = "When to stop: soon (no further jobs) or now (running ones are ended too), after so many jobs that fail,"
      + " success or are done: now,fail=1, soon,success=3, soon,fail=10%% (default: ${DEFAULT-VALUE}).")
  private String halt = "never";

  @Option(names = "--joblog", paramLabel = "FILE", description = "Write a line for each job that came to its end, in the columns of GNU parallel.")
  private @Nullable Path joblog;

  @Option(names = "--resume", description = "Go on behind the jobs that stand in the job log.")
  private boolean resume;

  @Option(names = "--resume-failed", description = "As --resume, and run the failed ones again.")
  private boolean resumeFailed;

  @Option(names = "--tag", description = "Begin each line of output with the input.")
  private boolean tag;

  @Option(names = "--progress", description = "Show a bar of how many jobs have ended on standard error, if that is a terminal.")
  private boolean progress;

  @Option(names = "--dry-run", description = "Print the commands, and run nothing.")
  private boolean dryRun;

  @Option(names = {"-0",
      "--null"}, description = "Inputs on standard input end with NUL, as from find -print0, not with a line break.")
  private boolean nul;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  @Override
  public Integer call() {
    EachCommandHalt when = check();
    EachCommandInputs source = inputs.isEmpty()
        ? EachCommandInputs.read(System.in, nul ? '\0' : '\n')
        : EachCommandInputs.of(inputs);
    PrintWriter err = spec.commandLine().getErr();
    try (CtrlC _ = CtrlC.interruptsThisThread(); // closed last: the JVM may end then
        EachCommandLog log = openLog();
        EachCommandFolder folder = EachCommandFolder.create()) {
      EachCommandTemplate template = new EachCommandTemplate(command);
      Duration longest = timeout == null ? null : Duration.ofNanos((long) (timeout * 1e9));
      EachCommandBar bar = EachCommandBar.on(err, progress && !dryRun, inputs.isEmpty() ? null : inputs.size());
      EachCommandRun run = new EachCommandRun(
          jobs,
          template,
          new EachCommandWork(template, retries, longest, folder.path()),
          when,
          new EachCommandOutput(System.out, System.err, err, keepOrder, tag, bar.isShown()),
          bar,
          log,
          dryRun ? System.out : null);
      int code;
      try (bar) {
        code = run.run(source);
      }
      if (run.wasInterrupted() || run.failed() > 0) {
        err.println("heddle each: " + (run.wasInterrupted() ? "interrupted; " : "") + run.done()
            + (run.done() == 1 ? " job ended, " : " jobs ended, ") + run.failed() + " of them failed");
      }
      return code;
    } catch (IllegalArgumentException e) {
      err.println("heddle each: " + e.getMessage());
      return BROKEN;
    } catch (IOException e) {
      err.println("heddle each: " + e + (joblog == null ? "" : "; the job log is " + joblog));
      return BROKEN;
    } finally {
      err.flush();
    }
  }

  private EachCommandHalt check() {
    if (command.isBlank()) {
      throw wrong("COMMAND must be a command, such as 'gzip -9 {}', but was blank");
    }
    if (jobs < 1) {
      throw wrong("--jobs must be at least 1, but was " + jobs + "; leave it out for one for each processor");
    }
    if (retries < 0) {
      throw wrong("--retries must not be negative, but was " + retries + "; 0 means one attempt only");
    }
    if (timeout != null && !(timeout >= 0.001 && timeout <= 1e9)) {
      throw wrong("--timeout must be from 0.001 to 1000000000 seconds, but was " + timeout);
    }
    if ((resume || resumeFailed) && joblog == null) {
      throw wrong((resume ? "--resume" : "--resume-failed") + " needs --joblog FILE, the log of the run to go on with");
    }
    if (nul && !inputs.isEmpty()) {
      throw wrong(
          "--null is for inputs on standard input, but there are arguments, the first being '" + inputs.getFirst() + "'");
    }
    try {
      return EachCommandHalt.parse(halt);
    } catch (IllegalArgumentException e) {
      throw wrong("--halt " + e.getMessage());
    }
  }

  private @Nullable EachCommandLog openLog() throws IOException {
    boolean going = resume || resumeFailed;
    if (joblog == null || (dryRun && (!going || !Files.exists(joblog)))) {
      return null;
    }
    return going ? EachCommandLog.resume(joblog, resumeFailed) : EachCommandLog.create(joblog);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
