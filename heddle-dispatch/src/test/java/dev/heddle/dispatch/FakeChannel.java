package dev.heddle.dispatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A worker that a test drives: it claims tasks, ends them and dies when it is told to. */
final class FakeChannel implements WorkerChannel {
  boolean startedNow;
  private final int number;
  final Map<Integer, Payload> sent = new TreeMap<>(); // and neither claimed nor taken back
  final List<Integer> claimed = new ArrayList<>();
  final Set<Integer> passed = new HashSet<>(); // tasks that are over in the worker
  final List<Boolean> polled = new ArrayList<>(); // whether helpers' polling was successful
  final List<Long> recorded = new ArrayList<>(); // the numbers of tasks in the records of its end
  private int flushed; // up to this task
  int polling; // so many helpers
  volatile boolean started;
  volatile boolean quit;
  volatile String killed = "";
  volatile long memory;
  volatile boolean refuses; // to be sent anything
  volatile boolean connected = true;
  volatile boolean unexpected; // its end, as it is recorded
  volatile int woken; // so many times
  volatile Runnable asItDeparts = () -> {};
  volatile Runnable asItIsNamed = () -> {}; // in a text
  volatile Runnable asItsEndIsRecorded = () -> {};
  volatile Consumer<Share> asItIsPolled = _ -> {};

  FakeChannel(int number) {
    this.number = number;
  }

  /** Starts the task that has arrived first, and tells its number. */
  synchronized int claim() {
    int id = sent.keySet().iterator().next();
    if (id > flushed) {
      throw new AssertionError("task " + id + " was sent, but was not flushed, so that the worker waits for it in vain");
    }
    sent.remove(id);
    claimed.add(id);
    return id;
  }

  /** How many tasks the worker has received, and neither claimed nor lost. */
  synchronized int arrived() {
    return (int) sent.keySet().stream().filter(id -> id <= flushed).count();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long ownMemory() {
    return memory;
  }

  @Override
  public synchronized boolean send(int id, Payload task) {
    if (!refuses) {
      sent.put(id, task);
    }
    return !refuses;
  }

  @Override
  public void depart() {
    asItDeparts.run();
  }

  @Override
  public synchronized void flush() {
    flushed = Math.max(flushed, sent.keySet().stream().reduce(0, Math::max));
  }

  @Override
  public synchronized boolean takeBack(int id) {
    return sent.remove(id) != null;
  }

  @Override
  public synchronized boolean isUnclaimed(int id) {
    return sent.containsKey(id);
  }

  @Override
  public boolean isPassed(int id) {
    return passed.contains(id);
  }

  @Override
  public void poll(Share share) {
    asItIsPolled.accept(share);
  }

  @Override
  public void beginPolling() {
    polling++;
  }

  @Override
  public void endPolling(boolean successful) {
    polling--;
    polled.add(successful);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
  @Override
  public void wakeUp() {
    woken++;
  }

  @Override
  public void start(boolean now) {
    started = true;
    startedNow = now;
  }

  @Override
  public WorkerEnd endBy(String reason) {
    return new FakeEnd(reason);
  }

  @Override
  public void quit() {
    quit = true;
  }

  @Override
  public void kill(String reason) {
    killed = reason;
  }

  @Override
  public boolean hasConnected() {
    return connected;
  }

  @Override
  public void recordEnd(String executor, WorkerEnd end, long tasks, boolean asASurprise) {
    asItsEndIsRecorded.run();
    recorded.add(tasks);
    unexpected = asASurprise;
  }

  @Override
  public String toString() {
    asItIsNamed.run();
    return "fake " + number;
  }
}
