package dev.heddle.cli.live;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.heddle.base.Describe;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection to another JVM, to which diagnostic commands are sent; each with a limit of time. For one thread. */
final class Attachment implements AutoCloseable {
  private final JavaProcess process;
  private final VirtualMachine machine;

  private Attachment(JavaProcess process, VirtualMachine machine) {
    this.process = process;
    this.machine = machine;
  }

  /** Attaches to a JVM. */
  static Attachment to(JavaProcess process, Duration patience) throws TargetException, InterruptedException {
    return new Attachment(
        process, within(patience, process, () -> VirtualMachine.attach(Long.toString(process.pid()))));
  }

  /** Runs a diagnostic command in the JVM, as {@code jcmd} does; returns what it printed. */
  String command(String command, Duration patience) throws TargetException, InterruptedException {
    return within(patience, process, () -> {
      try (InputStream answer = (InputStream) machine.getClass().getMethod("executeJCmd", String.class).invoke(machine,
          command)) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    });
  }

  /** Nothing of the target may make this wait for ever, so each call has a thread of its own, which is left behind. */
  private static <T> T within(Duration patience, JavaProcess process, Callable<T> call)
      throws TargetException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofPlatform().daemon().name("heddle-attach").start(task);
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TargetException(silent(process, patience));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof InvocationTargetException inner ? inner.getCause() : e.getCause();
      throw failed(process, cause == null ? e : cause);
    }
  }

  private static String silent(JavaProcess process, Duration patience) {
    String text = "process " + process.pid() + " has not answered within " + Describe.duration(patience);
    return process.isStopped()
        ? text + ": it is stopped; 'kill -CONT " + process.pid() + "' lets it go on"
        : text + ": it is overloaded, in a long garbage collection, or hangs; try again, or with a longer --timeout";
  }

  private static TargetException failed(JavaProcess process, Throwable cause) {
    if (!process.isAlive()) {
      return process.ended();
    }
    return switch (cause) {
      case AttachNotSupportedException e when String.valueOf(e.getMessage()).contains("not ready") ->
        new TargetException(
            "process " + process.pid() + " is not ready to be attached to: it is just starting, or was started"
                + " with -Xrs; try again, or start it without that option");
      case AttachNotSupportedException _,IOException _ when isDisabled(process) ->
        new TargetException(
            "process " + process.pid() + " was started with -XX:+DisableAttachMechanism; start it without that"
                + " option to look at it");
      case IllegalAccessException _ -> new TargetException("this JVM does not give access to the attach mechanism; start the"
          + " command by the script 'heddle', or add --add-exports jdk.attach/sun.tools.attach=ALL-UNNAMED");
      default -> new TargetException("process " + process.pid() + " cannot be attached to: " + cause.getMessage());
    };
  }

  private static boolean isDisabled(JavaProcess process) {
    return process.hasOption("-XX:+DisableAttachMechanism");
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException e) {
      // it has ended
    }
  }
}
