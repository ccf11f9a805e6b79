package dev.heddle.cli.terminal;

import dev.heddle.base.Cells;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The whole terminal as a screen that is drawn frame by frame: on the alternate screen, so that what was there before comes back,
 * also at Ctrl-C. A frame is written at once and erases nothing before it is drawn over, so that it is never seen in part.
 *
 * <p>Thread-safe, since a shutdown hook closes it.
 */
public final class FullScreen implements AutoCloseable {
  /** The key that is returned if none was pressed in time. */
  public static final int NONE = -2;

  private static final String ENTER = "\u001b[?25l\u001b[?1049h\u001b[2J"; // hides the cursor
  private static final String LEAVE = "\u001b[?1049l\u001b[?25h";
  private static final String BEGIN = "\u001b[?2026h\u001b[H"; // terminals that know it show the update as a whole
  private static final String END = "\u001b[?2026l";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final org.jline.terminal.@Nullable Terminal keyboard;
  private final @Nullable Attributes before;
  private final Supplier<Terminal.Size> size;
  private final Thread atEnd = Thread.ofPlatform().name("heddle-screen").unstarted(this::leave);
  private boolean entered; // guarded by this, like left
  private boolean left;

  private FullScreen(
      PrintWriter out, Supplier<Terminal.Size> size, org.jline.terminal.@Nullable Terminal keyboard) {
    this.out = out;
    this.size = size;
    this.keyboard = keyboard;
    this.before = keyboard == null ? null : keyboard.enterRawMode();
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /** Takes the screen with the first frame; {@link #key} waits without reading. */
  public static FullScreen of(PrintWriter out, Supplier<Terminal.Size> size) {
    return new FullScreen(out, size, null);
  }

  /** Takes the screen and the keyboard, if there is one: keys are not echoed, and need no Enter. */
  public static FullScreen withKeys(PrintWriter out) {
    try {
      return new FullScreen(out, Terminal::size, SystemTerminal.get());
    } catch (IOException | RuntimeException e) {
      return of(out, Terminal::size); // standard input is no terminal
    }
  }

  /**
   * Draws a frame. Lines that do not fit the terminal are cut; what they hold must be printable.
   *
   * @return false if the output is closed
   */
  public synchronized boolean draw(List<String> lines) {
    if (left) {
      return false;
    }
    Terminal.Size now = size.get();
    StringBuilder frame = new StringBuilder(entered ? BEGIN : ENTER + BEGIN);
    entered = true;
    int shown = Math.min(lines.size(), now.rows());
    for (int i = 0; i < shown; i++) {
      frame.append(Cells.fit(lines.get(i), now.columns())).append(ERASE_LINE).append(i == shown - 1 ? "" : "\r\n");
    }
    out.print(frame.append(ERASE_BELOW).append(END));
    return !out.checkError();
  }

  /** Waits for a key; returns its character, or {@link #NONE}. */
  public int key(Duration timeout) throws InterruptedException {
    if (keyboard == null) {
      Thread.sleep(timeout);
      return NONE;
    }
    try {
      int key = keyboard.reader().read(Math.max(1, timeout.toMillis()));
      return key == -1 ? NONE : key;
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      Thread.sleep(timeout);
      return NONE;
    }
  }

  private synchronized void leave() {
    if (!left) {
      left = true;
      if (entered) {
        out.print(LEAVE);
        out.flush();
      }
      if (keyboard != null && before != null) {
        keyboard.setAttributes(before);
      }
    }
  }

  @Override
  public void close() {
    leave();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // the JVM is shutting down, and the hook does nothing more
    }
  }
}
