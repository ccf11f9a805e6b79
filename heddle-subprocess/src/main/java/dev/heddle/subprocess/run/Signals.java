package dev.heddle.subprocess.run;

import dev.heddle.subprocess.SubprocessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Signals to processes, by the shell's {@code kill}: the JDK knows SIGTERM and SIGKILL only. */
final class Signals {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9+-]*");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

  private Signals() {}

  /** Sends a signal to a process, and to none of its descendants; does nothing if it has ended. */
  static void send(String signal, Process process) {
    String name = signal.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    boolean number = NUMBER.matcher(name).matches();
    if (!number && !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "signal must be a name such as \"USR1\" or a number from 1 to 64, but was '" + signal
              + "'; 'kill -l' lists them");
    }
    if (!process.isAlive()) {
      return;
    }
    String pid = String.valueOf(process.pid());
    try {
      Process kill = new ProcessBuilder("sh", "-c", number ? "kill -\"$1\" \"$2\"" : "kill -s \"$1\" \"$2\"", "sh", name,
          pid)
          .redirectErrorStream(true).start();
      String words = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (kill.waitFor() != 0 && process.isAlive()) {
        throw new SubprocessException("signal " + signal + " cannot be sent to process " + pid + ": " + words, null);
      }
    } catch (IOException e) {
      throw new SubprocessException("signal " + signal + " cannot be sent to process " + pid + ": " + e.getMessage(), e);
    } catch (InterruptedException e) { // the signal has been sent, or nearly
      Thread.currentThread().interrupt();
    }
  }
}
