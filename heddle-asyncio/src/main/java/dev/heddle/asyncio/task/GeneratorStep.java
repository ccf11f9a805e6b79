package dev.heddle.asyncio.task;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.iter.GeneratorExit;
import org.jspecify.annotations.Nullable;

/** The frame of an async generator's body on its way to its next element, or to its end when it is closed. */
final class GeneratorStep extends CoroutineFrame<Boolean> {
  private static final String BUSY = "another task is waiting for this async generator; one task at a time may use it";

  private final LoopAsyncGenerator<?> generator;
  private @Nullable GeneratorExit exit;

  /** The host of the task that awaits it; null between two awaits. */
  private @Nullable TaskHost busy;

  GeneratorStep(LoopAsyncGenerator<?> generator) {
    this.generator = generator;
  }

  void checkFree() {
    if (busy != null) {
      throw new LoopStateException(BUSY);
    }
  }

  /** Makes the next await close the generator. */
  void exit() {
    exit = new GeneratorExit();
  }

  @Override
  void claim(TaskHost host) {
    checkFree();
    if (generator.isEnded() || generator.isFetched()) {
      throw new LoopStateException(
          "an await(generator.hasNext()) has come too late: the generator has gone on since hasNext() was called");
    }
    busy = host;
    if (!isStarted()) {
      start(
          BodyKinds.GENERATOR.start(
              generator.body,
              null,
              suspender -> {
                host.adopt();
                return new SuspendingYielder<>(suspender);
              }));
      host.registry().begun(generator);
    }
  }

  @Override
  @Nullable
  Throwable raisedAtEntry() {
    return exit;
  }

  @Override
  Object emitted(@Nullable Object element) {
    if (exit != null) {
      throw new LoopStateException(
          "the body of an async generator yielded " + element + " while it was being closed; after a GeneratorExit a body"
              + " returns or throws, so do not yield in a finally block");
    }
    busy = null;
    generator.fetched(element);
    return true;
  }

  @Override
  Object returned(@Nullable Object result) {
    end();
    return false;
  }

  @Override
  @Nullable
  Throwable thrown(Throwable failure) {
    boolean closed = failure == exit;
    end();
    return closed ? null : failure;
  }

  private void end() {
    generator.ended();
    forgetBody();
    if (busy != null) {
      busy.registry().ended(generator);
      busy = null;
    }
  }

  @Override
  public String toString() {
    return "waiting for " + generator;
  }
}
