package dev.heddle.cli.terminal;

import java.io.IOException;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jspecify.annotations.Nullable;

/** The terminal of this process through JLine, which asks the system's {@code stty}; opened when it is first needed. */
final class SystemTerminal {
  private static org.jline.terminal.@Nullable Terminal opened; // guarded by the class

  private SystemTerminal() {}

  /** Returns the terminal, whose settings are restored when this process ends. */
  static synchronized org.jline.terminal.Terminal get() throws IOException {
    org.jline.terminal.Terminal terminal = opened;
    if (terminal == null) {
      System.setProperty(TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE,
          TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE_REFLECTION);
      System.setProperty(TerminalBuilder.PROP_FILE_DESCRIPTOR_CREATION_MODE,
          TerminalBuilder.PROP_FILE_DESCRIPTOR_CREATION_MODE_REFLECTION);
      terminal = TerminalBuilder.builder()
          .system(true)
          .systemOutput(SystemOutput.SysOutOrSysErr)
          .exec(true)
          .ffm(false) // nothing native, which needs options of the JVM; so do the two properties say
          .jni(false)
          .jna(false)
          .jansi(false)
          .dumb(false)
          .nativeSignals(false) // JLine's handlers would end the JVM without its shutdown hooks
          .build();
      opened = terminal;
    }
    return terminal;
  }

  /** Returns the present size; the last one known if the terminal does not tell. */
  static Terminal.Size size(Terminal.Size last) {
    try {
      org.jline.terminal.Size size = get().getSize();
      return size.getRows() > 0 && size.getColumns() > 0 ? new Terminal.Size(size.getRows(), size.getColumns()) : last;
    } catch (IOException | RuntimeException e) {
      return last;
    }
  }
}
