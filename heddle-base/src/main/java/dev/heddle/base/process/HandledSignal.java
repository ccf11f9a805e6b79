package dev.heddle.base.process;

import dev.heddle.base.ModuleLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A signal to this process that is handled until this is closed. Thread-safe.
 *
 * <p>The JDK's only interface to signals is {@code sun.misc.Signal} of its module jdk.unsupported, which images of the JDK
 * may lack. So it is used by reflection; without it, and wherever a signal cannot be handled, the signal keeps its effect,
 * and {@link #obstacle} says why.
 *
 * <p>A handler of the program's own stays, and a signal that is ignored, as by {@code nohup}, stays so.
 */
public final class HandledSignal implements AutoCloseable {

  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.base");

  /** The JDK's own handler, or the system's default one: everything else is the program's. */
  private static final List<String> STANDARD = List.of("sun.misc.Signal$SunMiscHandler", "sun.misc.NativeSignalHandler");

  private final @Nullable String obstacle;
  private final Runnable restore;

  private HandledSignal(@Nullable String obstacle, Runnable restore) {
    this.obstacle = obstacle;
    this.restore = restore;
  }

  /** The parts of sun.misc for one signal. */
  private record Jdk(Object signal, int number, Class<?> handlerType, Method install) {
    static Jdk of(String name) throws ReflectiveOperationException {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = type.getConstructor(String.class).newInstance(name);
      return new Jdk(signal, (int) type.getMethod("getNumber").invoke(signal), handlerType,
          type.getMethod("handle", type, handlerType));
    }

    @Nullable
    Object replace(@Nullable Object handler) throws ReflectiveOperationException {
      return install.invoke(null, signal, handler);
    }

    boolean isTheProgramsOrIgnored(@Nullable Object handler) throws ReflectiveOperationException {
      return handler != null
          && (handler == handlerType.getField("SIG_IGN").get(null) || !STANDARD.contains(handler.getClass().getName()));
    }
  }

  /**
   * Handles a signal from now on, if that is possible.
   *
   * @param name without SIG: {@code INT}
   * @param owner who handles it: "the event loop"
   * @param call called for each arrival, on a thread of its own, with the exit code of a process that the signal has ended
   */
  public static HandledSignal of(String name, String owner, IntConsumer call) {
    try {
      Jdk jdk = Jdk.of(name);
      InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
        case "handle" -> {
          call.accept(128 + jdk.number());
          yield null;
        }
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> owner + "'s handler of SIG" + name;
      };
      Object handler = Proxy.newProxyInstance(HandledSignal.class.getClassLoader(), new Class<?>[]{jdk.handlerType()},
          calls);
      Object before = jdk.replace(handler);
      if (jdk.isTheProgramsOrIgnored(before)) {
        jdk.replace(before);
        return notHandled("SIG" + name + " is ignored or handled by the program already");
      }
      return new HandledSignal(null, () -> restore(jdk, handler, before));
    } catch (ClassNotFoundException e) {
      return notHandled(
          "SIG" + name + " cannot be handled, since the module jdk.unsupported is not there; add it to the image of the JDK"
              + " (jlink --add-modules jdk.unsupported), or to the program's modules (java --add-modules jdk.unsupported)");
    } catch (ReflectiveOperationException e) { // not on this system, or left to the system by -Xrs
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return notHandled("SIG" + name + " cannot be handled: " + cause.getMessage()); // "Signal already used by VM or OS: SIGTERM"
    }
  }

  private static HandledSignal notHandled(String obstacle) {
    return new HandledSignal(obstacle, () -> {});
  }

  private static void restore(Jdk jdk, Object handler, @Nullable Object before) {
    try {
      Object now = jdk.replace(before);
      if (now != handler) { // the program has set a handler of its own meanwhile
        jdk.replace(now);
      }
    } catch (ReflectiveOperationException e) {
      LOG.ignored("restoring the handler of " + jdk.signal(), e);
    }
  }

  /** Returns why the signal is not handled; null if it is. */
  public @Nullable String obstacle() {
    return obstacle;
  }

  /** Restores the handler that was there before, unless the program has set another. */
  @Override
  public void close() {
    restore.run();
  }
}
