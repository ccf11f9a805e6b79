package dev.heddle.cluster.pool;

import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Request;
import dev.heddle.codec.Values;
import dev.heddle.dispatch.Payload;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.dispatch.WorkerEnd;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A seat at a member as the dispatcher's worker: it has one task at a time, and a task is one call, which the member answers when
 * the task has ended. What the dispatcher asks for is done by calls that do not block; what they bring is told by threads of the
 * view, never under the dispatcher's lock. Thread-safe.
 */
final class SeatChannel implements WorkerChannel {
  private static final int BRIEF_BYTES = 1 << 14; // to seal and hand over more would keep the thread from what it does for others

  private static final String NOT_NEEDED = "it was not needed any more";

  private final int number;
  private final View view;
  private final KnownMember member;
  private final Listener listener;
  private final AtomicBoolean gone = new AtomicBoolean();
  private final @Nullable SeatEvent event = FlightRecorder.isInitialized() ? SeatEvent.start() : null;
  private volatile int current; // the task that it has; 0 for none. Written under the dispatcher's lock, but for its end
  private final AtomicReference<@Nullable Outgoing> outgoing = new AtomicReference<>(); // sent, but not on its way to the member
  private volatile int unsent; // the task that has certainly not reached its member
  private volatile boolean leaving;
  private volatile boolean ready;

  SeatChannel(int number, View view, KnownMember member, Listener listener) {
    this.number = number;
    this.view = view;
    this.member = member;
    this.listener = listener;
  }

  KnownMember member() {
    return member;
  }

  /** Whether it has a task whose end it has not told. */
  boolean isBusy() {
    return current != 0;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void start(boolean now) {
    view.prepare(this, number).whenComplete(onViewThread((outcome, failure) -> {
      if (failure == null) {
        prepared(outcome);
      } else { // what waits must not wait for that member, if there are others
        view.suspect(member);
        boolean failed = !(cause(failure) instanceof IOException || cause(failure) instanceof TimeoutException);
        gone(reason(failure), failed && view.capacity() == 0);
      }
    }));
  }

  private <T> BiConsumer<T, Throwable> onViewThread(BiConsumer<T, Throwable> action) {
    return (value, failure) -> view.execute(() -> action.accept(value, failure));
  }

  private void prepared(CallOutcome outcome) {
    if (outcome.success()) {
      ready = true;
      listener.ready(this);
    } else {
      listener.unprepared(this, view.failureOf(outcome));
      gone("its initializer failed");
    }
  }

  // ---- a task ----

  private record Outgoing(int id, ClusterPayload payload) {}

  @Override
  public boolean send(int id, Payload task) {
    current = id;
    outgoing.set(new Outgoing(id, (ClusterPayload) task)); // made by the view's codec
    return true;
  }

  /** Sealing a message and handing it to the engine takes far longer than all that the dispatcher does under its lock. */
  @Override
  public void depart() {
    Outgoing next = outgoing.getAndSet(null);
    if (next == null) {
      return;
    }
    if (next.payload.task().payload().length < BRIEF_BYTES) {
      call(next);
    } else {
      view.execute(() -> call(next));
    }
  }

  private void call(Outgoing next) {
    try {
      call(next.id, next.payload);
    } catch (Throwable e) { // out of memory, say; what was not sent would never end
      view.execute(() -> failed(next.id, next.payload.name(), e));
    }
  }

  private void call(int id, ClusterPayload payload) {
    int site = payload.task().site().id();
    boolean known = member.knows(site);
    List<Request.Site> sites = known ? List.of() : List.of(new Request.Site(site, payload.task().site().definition()));
    byte[] message = new Request.Run(view.number(), number, id, payload.name(), sites, site, payload.task().payload())
        .toBytes();
    Thread sender = Thread.currentThread();
    boolean[] sending = {true}; // touched by the sender only
    view.call(member, ClusterEngine.Lane.TASK, message).whenComplete((outcome, failure) -> {
      boolean inSend = Thread.currentThread() == sender && sending[0]; // so quick an answer: telling it here might recur
      if (failure == null) {
        member.hasLearnt(site);
        answered(id, outcome, inSend);
      } else {
        view.execute(() -> failed(id, payload.name(), failure));
      }
    });
    sending[0] = false;
  }

  /** Brief outcomes are told on the engine's thread: waking up another would take as long as all the rest. */
  private void answered(int id, CallOutcome outcome, boolean inSend) {
    if (!inSend && outcome.success() && view.isBrief() && Values.isPlain(outcome.bytes())) {
      ended(id, outcome);
    } else {
      view.execute(() -> ended(id, outcome));
    }
  }

  private void failed(int id, String task, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof IOException) {
      unsent = cause instanceof ConnectException ? id : 0;
      view.suspect(member);
      gone(reason(cause));
    } else { // the member is there, but did not run the task
      ended(id, new CallOutcome(false, 0, view.encode(cause, task)));
    }
  }

  private void ended(int id, CallOutcome outcome) {
    if (gone.get()) {
      return; // a late answer
    }
    current = 0;
    List<Runnable> actions = new ArrayList<>();
    try {
      listener.ended(
          this, List.of(new TaskEnd(id, outcome.success(), outcome.nanos(), System.nanoTime(), outcome.bytes())), actions);
    } finally {
      actions.forEach(Runnable::run);
      if (leaving && current == 0) {
        leave(NOT_NEEDED);
      }
    }
  }

  @Override
  public boolean interrupt(int id) {
    view.tell(member, new Request.Interrupt(view.number(), number, id));
    return true;
  }

  @Override
  public int mostAhead() {
    return 0;
  }

  // ---- the end ----

  @Override
  public void quit() {
    leaving = true;
    if (current == 0) {
      leave(NOT_NEEDED);
    }
  }

  @Override
  public void kill(String reason) {
    leave(reason);
  }

  private void leave(String reason) {
    view.tell(member, new Request.Leave(view.number(), number));
    view.execute(() -> gone(reason));
  }

  /** The seat is lost, or was given back. */
  void gone(String reason) {
    gone(reason, false);
  }

  private void gone(String reason, boolean failedStart) {
    if (gone.compareAndSet(false, true)) {
      view.closed(this);
      listener.gone(this, new LostEnd(member.toString(), reason, failedStart));
    }
  }

  /** The member takes no more tasks. */
  void retire() {
    listener.leaving(this);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
  }

  private static String reason(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof TimeoutException) {
      return "it did not answer in time";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  @Override
  public WorkerEnd endBy(String reason) {
    return new LostEnd(member.toString(), reason, false);
  }

  @Override
  public void recordEnd(String executor, WorkerEnd end, long tasks, boolean unexpected) {
    if (FlightRecorder.isInitialized() && end instanceof LostEnd seen) {
      (event == null ? new SeatEvent() : event).finish(executor, seen, tasks, unexpected);
    }
  }

  @Override
  public long pid() {
    return member.description().pid();
  }

  // ---- what only a worker in shared memory can answer ----

  @Override
  public long ownMemory() {
    return -1;
  }

  @Override
  public void flush() {} // each task leaves at once

  /** A task that is on its way may have begun; only one that has not left, or could not be sent, can be given to another member. */
  @Override
  public boolean takeBack(int id) {
    Outgoing next = outgoing.getAndUpdate(each -> each != null && each.id == id ? null : each);
    if (next == null || next.id != id) {
      return id == unsent;
    }
    current = 0;
    if (leaving) {
      leave(NOT_NEEDED);
    }
    return true;
  }

  @Override
  public boolean isUnclaimed(int id) {
    return false;
  }

  @Override
  public boolean isPassed(int id) {
    return false;
  }

  @Override
  public void poll(Share share) {}

  @Override
  public void beginPolling() {}

  @Override
  public void endPolling(boolean successful) {}

  @Override
  public void wakeUp() {}

  @Override
  public boolean hasConnected() {
    return ready;
  }

  @Override
  public String toString() {
    return "member " + member + " seat " + number;
  }
}
