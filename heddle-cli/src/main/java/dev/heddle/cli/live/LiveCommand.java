package dev.heddle.cli.live;

import dev.heddle.cli.errors.FileErrors;
import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.terminal.ControlCharacters;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** The common part of the commands that look at another JVM: which one, and how failures are told. */
public final class LiveCommand {
  private LiveCommand() {}

  /** Something done while a program is watched; returns the exit code. */
  @FunctionalInterface
  public interface Use {
    /** Does it. */
    int with(Watch watch) throws TargetException, IOException, InterruptedException;
  }

  /** Attaches to a program, does something with it, and detaches, also at Ctrl-C. */
  public static int run(CommandSpec command, String pid, LiveOptions options, Use use) throws InterruptedException {
    long number = number(command, pid);
    Duration patience = options.patience(command);
    try (Watch watch = Watch.of(JavaProcess.find(number), patience)) {
      Thread atEnd = Thread.ofPlatform().name("heddle-detach").unstarted(watch::close);
      Runtime.getRuntime().addShutdownHook(atEnd);
      try {
        return use.with(watch);
      } finally {
        forget(atEnd);
      }
    } catch (TargetException e) {
      return fail(command, ControlCharacters.escape(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return fail(command, FileErrors.describe(e));
    }
  }

  private static void forget(Thread atEnd) {
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // the JVM is shutting down
    }
  }

  private static int fail(CommandSpec command, String message) {
    command.commandLine().getErr().println(command.qualifiedName() + ": " + message);
    return 1;
  }

  private static long number(CommandSpec command, String pid) {
    try {
      long number = Long.parseLong(pid);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // as a number that is too small
    }
    throw OptionCheck.wrong(
        command,
        "PID must be the number of a process, such as 4711, but was '" + pid + "'; 'heddle ps' lists the JVMs that use"
            + " Heddle");
  }
}
