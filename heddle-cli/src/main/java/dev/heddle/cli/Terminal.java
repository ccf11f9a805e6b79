package dev.heddle.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether somebody is looking: colours and progress bars are for terminals only.
 *
 * <p>Java cannot tell which of its streams is a terminal. The launcher can, and passes {@code -Dheddle.terminal=out,err};
 * started in another way nobody is taken to be looking.
 */
final class Terminal {
  private static final Pattern STTY_SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
  private static final Size USUAL = new Size(24, 80);

  /** How many characters it shows. */
  record Size(int rows, int columns) {}

  private Terminal() {}

  /** Whether standard output is a terminal that wants colours. */
  static boolean isOut() {
    return is("out") && System.getenv("NO_COLOR") == null;
  }

  /** Whether standard error is a terminal, where a progress bar can move. */
  static boolean isErr() {
    return is("err");
  }

  /** Whether standard output is a terminal where a picture can move, in colours or not. */
  static boolean canAnimate() {
    return is("out");
  }

  /** The size of the terminal this program was started from, or the usual one if that cannot be found out. */
  static Size size() {
    try {
      Process stty = new ProcessBuilder("stty", "size")
          .redirectInput(Path.of("/dev/tty").toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        if (!stty.waitFor(2, TimeUnit.SECONDS)) {
          return USUAL;
        }
        Matcher size = STTY_SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        boolean known = size.matches() && !size.group(1).equals("0") && !size.group(2).equals("0");
        return known ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))) : USUAL;
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return USUAL; // no stty, or no terminal
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  private static boolean is(String stream) {
    return System.getProperty("heddle.terminal", "").contains(stream);
  }
}
