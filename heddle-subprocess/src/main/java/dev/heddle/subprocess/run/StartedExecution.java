package dev.heddle.subprocess.run;

import dev.heddle.base.Check;
import dev.heddle.base.ModuleLog;
import dev.heddle.futures.Future;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.SubprocessException;
import dev.heddle.subprocess.io.CaptureSink;
import dev.heddle.subprocess.io.LineIter;
import dev.heddle.subprocess.io.OutputPump;
import dev.heddle.subprocess.io.PumpThreads;
import dev.heddle.subprocess.io.StreamSink;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An execution that its user can follow while it runs. Thread-safe.
 *
 * @param <R> the type of its result
 */
abstract sealed class StartedExecution<R> permits StartedProcess, StartedPipeline {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.subprocess");

  private final CommandExecution execution;
  private final Charset charset;
  private final CompletableFuture<R> end = new CompletableFuture<>();
  private final Future<R> future;
  private volatile boolean asked;

  /** Those of a streamed output: an iterator reads ahead, so what it has read would be missing for another one. */
  private final AtomicReference<@Nullable LineIter> lines = new AtomicReference<>();

  /**
   * Starts commands; the output of each is the input of the next.
   *
   * @param conclusion makes the result of those of the processes, or throws
   */
  StartedExecution(List<Command> commands, @Nullable Duration timeout, Function<List<CompletedProcess>, R> conclusion) {
    this.charset = commands.getLast().charset();
    this.execution = new CommandExecution(commands, timeout, true);
    Thread.ofVirtual().name("heddle-subprocess-" + processes().getFirst().pid()).start(() -> await(conclusion));
    this.future = Future.from(end);
    end.whenComplete((result, error) -> endIfCancelled());
  }

  final List<Process> processes() {
    return execution.processes();
  }

  private boolean isAlive() {
    return processes().stream().anyMatch(Process::isAlive);
  }

  private void await(Function<List<CompletedProcess>, R> conclusion) {
    try {
      end.complete(conclusion.apply(execution.await()));
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  private void endIfCancelled() {
    if (end.isCancelled()) {
      PumpThreads.execute(() -> {
        execution.end(execution.grace());
        execution.stopTaking();
      });
    }
  }

  public final boolean waitFor(Duration timeout) throws InterruptedException {
    if (!timeout.isZero()) {
      refuseToBlock();
    }
    try {
      end.get(Check.nanos(Check.timeout(timeout)), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return !isAlive(); // it has ended with an error, which result() throws
    }
    return true;
  }

  public final R result() throws InterruptedException {
    refuseToBlock();
    try {
      return end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SubprocessException failure) {
        throw failure;
      }
      throw new SubprocessException("waiting for '" + execution.described() + "' failed", e.getCause());
    }
  }

  private void refuseToBlock() {
    if (!end.isDone()) {
      NonBlocking.check("waiting for the end of '" + execution.described() + "'");
    }
  }

  public final Future<R> future() {
    return future;
  }

  public final OutputStream stdin() {
    return execution.input().stream();
  }

  public final InputStream stdout() {
    return stream(execution.stdout(), "stdout");
  }

  final @Nullable OutputPump stderrPump() {
    return execution.stderr();
  }

  static InputStream stream(@Nullable OutputPump pump, String name) {
    return switch (pump == null ? null : pump.sink()) {
      case CaptureSink capture -> capture.view();
      case StreamSink stream -> stream.reader();
      case null, default -> throw new IllegalStateException(
          name + " is not readable here; start the command with Output.capture() or Output.stream() to read it");
    };
  }

  public final Iter<String> lines() {
    OutputPump pump = execution.stdout();
    if (pump != null && pump.sink() instanceof StreamSink stream) {
      lines.compareAndSet(null, new LineIter(stream.reader(), charset));
      return Check.notNull(lines.get(), "lines");
    }
    return new LineIter(stdout(), charset);
  }

  public final void terminate() {
    if (!end.isDone()) {
      asked = true;
      execution.terminate();
    }
  }

  public final void kill() {
    if (!end.isDone()) {
      execution.kill();
    }
  }

  public final void close() {
    if (end.isDone() && !end.isCancelled()) {
      return;
    }
    if (asked || isAlive() || end.isCancelled()) {
      execution.end(execution.grace());
    }
    execution.stopTaking();
    boolean interrupted = Thread.interrupted();
    try {
      end.get(10, TimeUnit.SECONDS); // the processes have ended: only the rest of the output is to be read
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | CancellationException e) {
      // result() throws it
    } catch (TimeoutException e) {
      LOG.ignored("reading the output of '" + execution.described() + "' after its end", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the description, for a name of the class: {@code RunningProcess[...]}. */
  final String described(String name) {
    return name + "[" + processes().stream().map(process -> String.valueOf(process.pid())).collect(Collectors.joining(" | "))
        + " "
        + execution.described() + (isAlive() ? " runs]" : " has ended]");
  }
}
