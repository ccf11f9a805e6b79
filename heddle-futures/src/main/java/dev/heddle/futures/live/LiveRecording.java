package dev.heddle.futures.live;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/**
 * The view as a periodic event of the Flight Recorder, which a viewer enables from outside by the attach mechanism.
 *
 * <p>Registering the event would start the recorder, which takes 150 ms. So a listener registers it when the recorder is
 * started, which the first viewer does.
 */
final class LiveRecording {
  private static final long COPY = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE); // there may be several in a JVM
  private static final AtomicLong LOOKS = new AtomicLong();
  private static final LiveLook LOOK = new LiveLook();
  private static final Runnable HOOK = LiveRecording::emit;
  private static final FlightRecorderListener LISTENER = new FlightRecorderListener() {
    @Override
    public void recorderInitialized(FlightRecorder recorder) {
      FlightRecorder.addPeriodicEvent(LiveEvent.class, HOOK);
    }
  };

  private LiveRecording() {}

  /** Tells the recorder of the view, now or as soon as it is started. */
  static void install() {
    try {
      FlightRecorder.addListener(LISTENER);
    } catch (RuntimeException | LinkageError e) {
      // a JVM without the recorder: it cannot be looked at, but the program must run
    }
  }

  /** Makes the recorder forget the view. */
  static void uninstall() {
    try {
      FlightRecorder.removeListener(LISTENER);
      if (FlightRecorder.isInitialized()) {
        FlightRecorder.removePeriodicEvent(HOOK);
      }
    } catch (RuntimeException | LinkageError e) {
      // as above
    }
  }

  /** Called by the recorder at the end of a chunk, which a viewer brings about. */
  private static void emit() {
    long look = LOOKS.incrementAndGet();
    LiveRows rows = LOOK.take();
    if (rows == null) {
      LiveEvent busy = event(look);
      busy.kind = "end";
      busy.state = "busy";
      busy.commit();
      return;
    }
    for (LiveRow row : rows.rows()) {
      LiveEvent event = event(look);
      event.kind = row.kind;
      event.id = row.id;
      event.parent = row.parent;
      event.name = row.name;
      event.type = row.type;
      event.state = row.state;
      event.age = row.age;
      event.figures = row.figures();
      event.text = row.text;
      event.commit();
    }
    LiveEvent end = event(look);
    end.kind = "end";
    end.state = "complete";
    end.figures = "rows=" + rows.rows().size() + " omitted=" + rows.omitted();
    end.commit();
  }

  private static LiveEvent event(long look) {
    LiveEvent event = new LiveEvent();
    event.copy = COPY;
    event.look = look;
    return event;
  }
}
