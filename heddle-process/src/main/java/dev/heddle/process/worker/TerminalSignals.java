package dev.heddle.process.worker;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Keeps a worker alive when a terminal signals the program's process group: Ctrl-C and the loss of the terminal reach the
 * program and its workers at the same moment, and only the program may decide whether running tasks are to end. If it ends,
 * so does the worker ({@link ParentWatch}).
 *
 * <p>The signals are handled, and not ignored: processes that tasks start inherit ignored signals, and on threads they would
 * not. {@code sun.misc.Signal} is the JDK's only interface to signals. It is used directly, since reflection would delay
 * each worker's start by 30 to 80 ms (a proxy class for the handler), as measured.
 */
final class TerminalSignals {
  private TerminalSignals() {}

  /** Handles the signals from now on, as far as this JVM lets them be handled. */
  static void withstand() {
    try {
      None.install();
    } catch (LinkageError e) {
      // an image of the JDK without the module jdk.unsupported: the signals end this worker
    }
  }

  /**
   * Does nothing. All that names the JDK's classes is in here: the verifier may load them when it links the class around.
   */
  private static final class None implements SignalHandler {
    static void install() {
      SignalHandler none = new None();
      handle("INT", none);
      handle("HUP", none);
    }

    private static void handle(String name, SignalHandler handler) {
      try {
        Signal.handle(new Signal(name), handler);
      } catch (IllegalArgumentException e) {
        // -Xrs, or a system without this signal: it keeps its effect
      }
    }

    @Override
    public void handle(Signal signal) {}
  }
}
