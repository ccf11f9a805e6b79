package dev.heddle.process.channel;

import dev.heddle.process.launch.ProcessEnd;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A Flight Recorder event for each worker process, from its start to its end. */
@Name("dev.heddle.Worker")
@Label("Worker process")
@Category("Heddle")
@Description("The life of a worker process of a process pool")
@StackTrace(false)
final class WorkerEvent extends Event {
  @Label("Executor")
  @Nullable
  String executor;

  @Label("Process id")
  long pid;

  @Label("Tasks finished")
  long tasks;

  @Label("Exit code")
  int exitCode;

  @Label("Crashed")
  @Description("It ended without being told to")
  boolean crashed;

  @Label("Reason")
  @Nullable
  String reason;

  /** An event that has begun. */
  static WorkerEvent start() {
    WorkerEvent event = new WorkerEvent();
    event.begin();
    return event;
  }

  void finish(String name, ProcessEnd end, long finished, boolean unexpected) {
    if (shouldCommit()) {
      executor = name;
      pid = end.pid();
      tasks = finished;
      exitCode = end.exitCode();
      crashed = unexpected;
      reason = end.reason();
      commit();
    }
  }
}
