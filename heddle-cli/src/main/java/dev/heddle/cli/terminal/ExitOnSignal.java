package dev.heddle.cli.terminal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * A handler of this program for a signal, with the effect of the JDK's own: the JVM exits with the code of the signal, after its
 * shutdown hooks. Event loops on the main thread replace the JDK's handler by theirs, with which the exit code is that of whatever
 * the program returns; they leave a handler of the program alone.
 *
 * <p>{@code sun.misc.Signal} is called by reflection, since javac warns of each use.
 */
final class ExitOnSignal implements AutoCloseable {
  private static final int SIGNALLED = 128; // the exit code is 128 and the signal's number

  private Runnable restore = () -> {};

  private ExitOnSignal() {}

  /** Starts to handle a signal, unless it is ignored, or the program does so already. */
  static ExitOnSignal handling(String name) {
    ExitOnSignal result = new ExitOnSignal();
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = type.getConstructor(String.class).newInstance(name);
      int number = (int) type.getMethod("getNumber").invoke(signal);
      InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
        case "handle" -> {
          Runtime.getRuntime().exit(SIGNALLED + number);
          yield null;
        }
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "heddle's handler of SIG" + name;
      };
      Object handler = Proxy.newProxyInstance(ExitOnSignal.class.getClassLoader(), new Class<?>[]{handlers}, calls);
      var install = type.getMethod("handle", type, handlers);
      Object before = install.invoke(null, signal, handler);
      result.restore = () -> {
        try {
          install.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("the handler of SIG" + name + " cannot be restored: " + e, e);
        }
      };
      if (before == handlers.getField("SIG_IGN").get(null)) {
        result.close();
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // no jdk.unsupported, or no such signal on this system, or it is left to the system (-Xrs): it keeps its effect
    }
    return result;
  }

  /** Restores the handler that was there before; idempotent. */
  @Override
  public void close() {
    restore.run();
    restore = () -> {};
  }
}
