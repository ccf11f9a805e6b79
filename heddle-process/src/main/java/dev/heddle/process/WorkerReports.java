package dev.heddle.process;

import dev.heddle.codec.ClassSupply;
import dev.heddle.codec.Failures;
import dev.heddle.futures.BrokenExecutorException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of the messages of workers: futures get done, workers get the next tasks, lost ones are replaced. */
final class WorkerReports implements WorkerChannel.Listener {
  private final String name;
  private final OutputListener output;
  private final ProcessEngine engine;
  private final Crew crew;
  private final Health health;
  private final Settlement settlement;
  private final Failures failures;
  private final ClassSupply classes;
  private final Consumer<WorkerChannel> unheard;

  /**
   * The listener of all workers of an engine.
   *
   * @param unheard is told of workers that have ended without a sign of life
   */
  WorkerReports(
      String name,
      OutputListener output,
      ProcessEngine engine,
      Health health,
      Settlement settlement,
      Failures failures,
      ClassSupply classes,
      Consumer<WorkerChannel> unheard) {
    this.name = name;
    this.output = output;
    this.engine = engine;
    this.crew = engine.crew();
    this.health = health;
    this.settlement = settlement;
    this.failures = failures;
    this.classes = classes;
    this.unheard = unheard;
  }

  Restarts restarts() {
    engine.lock();
    try {
      return crew.restarts();
    } finally {
      engine.unlock();
    }
  }

  @Override
  public void ready(WorkerChannel channel) {
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker == null || worker.ready) {
        return;
      }
      health.startWorked();
      worker.ready = true;
      worker.idleSince = System.nanoTime();
      if (worker.spare) {
        crew.hire();
      } else {
        crew.next(worker);
      }
    } finally {
      engine.unlock();
    }
    engine.afterwards().run();
  }

  @Override
  public void unprepared(WorkerChannel channel, byte[] failure) {
    Throwable cause = failures.from(channel.number()).decode(failure);
    engine.lock();
    try {
      engine.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: its initializer failed in " + channel + " (" + cause
                  + "); mend the initializer and make a new executor",
              cause));
    } finally {
      engine.unlock();
    }
    engine.afterwards().run();
  }

  @Override
  public void ended(WorkerChannel channel, List<WorkerChannel.TaskEnd> ends, List<Runnable> rest) {
    rest.add(engine.launching());
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker == null) {
        return;
      }
      for (WorkerChannel.TaskEnd end : ends) {
        Job job = worker.pipeline.head();
        if (job == null || worker.pipeline.running() != end.id()) {
          crew.condemn(worker, Departure.UNFIT, "it reported the end of a task that it was not given");
          return;
        }
        rest.add(settlement.of(worker, job, end)); // first, so that nothing can keep its future from getting done
        book(worker, job, end);
      }
      health.startWorked();
      crew.goOn(worker);
    } finally {
      engine.unlock();
    }
  }

  private static void book(Worker worker, Job job, WorkerChannel.TaskEnd end) {
    worker.unsettled.incrementAndGet();
    worker.pipeline.end(job);
    if (job.work.attachment() == job) {
      job.work.attach(null);
    }
    job.task.release();
    worker.finished++;
    worker.ran(end.nanos());
  }

  @Override
  public Runnable printed(WorkerChannel channel, int id, boolean error, byte[] text) {
    String words = new String(text, StandardCharsets.UTF_8);
    Job job = null;
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker != null) {
        if (error) {
          worker.errors.add(words);
        }
        job = worker.pipeline.find(id);
      }
    } finally {
      engine.unlock();
    }
    String task = job == null ? "" : job.work.name();
    OutputListener.Stream stream = error ? OutputListener.Stream.ERR : OutputListener.Stream.OUT;
    return () -> tell(new OutputListener.Output(channel.pid(), task, stream, words));
  }

  private void tell(OutputListener.Output printed) {
    try {
      output.printed(printed);
    } catch (Throwable e) {
      Log.ignored("the output listener of executor '" + name + "'", e);
    }
  }

  @Override
  public byte @Nullable [] classBytes(String className) {
    return classes.bytesOf(className);
  }

  @Override
  public long nextLook(WorkerChannel channel) {
    return health.nextLook(channel);
  }

  @Override
  public void look(WorkerChannel channel) {
    health.look(channel);
    engine.afterwards().run();
  }

  @Override
  public void gone(WorkerChannel channel, WorkerEnd bare) {
    Worker worker;
    List<Job> victims;
    WorkerEnd end;
    engine.lock();
    try {
      worker = crew.of(channel);
      if (worker == null) {
        return;
      }
      end = told(bare, worker.errors);
      boolean unexpected = !worker.leaving;
      victims = removed(worker, end);
      try {
        worker.recordEnd(name, end, unexpected); // before anybody is told that the pool has ended
        if (worker.departure == Departure.UNREADY) {
          health.startFailed(worker, end);
        }
        crew.serve();
      } catch (VirtualMachineError e) { // those who wait for its tasks must hear of it all the same
        Log.ignored("replacing " + channel, e);
      } finally {
        engine.checkEnd();
      }
    } finally {
      engine.unlock();
    }
    try {
      if (worker.departure == Departure.UNREADY && !channel.hasCalled()) {
        unheard.accept(channel);
      }
    } finally {
      settlement.bury(worker, victims, end);
      engine.afterwards().run();
    }
  }

  private static WorkerEnd told(WorkerEnd bare, Tail errors) {
    try {
      return bare.after(errors);
    } catch (VirtualMachineError e) { // no memory for what it has printed last
      return bare;
    }
  }

  private List<Job> removed(Worker worker, WorkerEnd end) {
    try {
      return crew.remove(worker, end);
    } catch (VirtualMachineError e) { // nor for taking back what it has not started: then all of that fails with it
      return worker.pipeline.clear();
    }
  }
}
