package dev.heddle.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A worker that a test drives: it claims tasks, ends them and dies when it is told to. */
final class FakeChannel implements WorkerChannel {
  private final int number;
  final Map<Integer, Payload> sent = new TreeMap<>(); // and neither claimed nor taken back
  final List<Integer> claimed = new ArrayList<>();
  volatile boolean quit;
  volatile String killed = "";
  volatile long memory;
  volatile boolean refuses; // to be sent anything
  volatile Runnable asItIsNamed = () -> {}; // in a text

  FakeChannel(int number) {
    this.number = number;
  }

  /** Starts the task that was sent first, and tells its number. */
  synchronized int claim() {
    int id = sent.keySet().iterator().next();
    sent.remove(id);
    claimed.add(id);
    return id;
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
  public void flush() {}

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
  public void start() {}

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
    return true;
  }

  @Override
  public String toString() {
    asItIsNamed.run();
    return "fake " + number;
  }
}
