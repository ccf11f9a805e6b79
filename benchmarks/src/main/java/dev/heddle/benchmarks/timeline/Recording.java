package dev.heddle.benchmarks.timeline;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Recording one span, beside an event of Flight Recorder with the same two names and times. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Recording {
  private static final String LANE = "worker 1";
  private static final String NAME = "load-17";

  private final TimelineRecorder recorder = new TimelineRecorder();
  private jdk.jfr.Recording flight = new jdk.jfr.Recording();

  /** The peer's event. */
  @Name("dev.heddle.benchmarks.Span")
  @StackTrace(false)
  static final class SpanEvent extends Event {
    String lane = "";
    String activity = "";
  }

  @Setup
  public void start() {
    FlightRecorder.register(SpanEvent.class);
    flight = new jdk.jfr.Recording();
    flight.enable(SpanEvent.class).withoutStackTrace();
    flight.start();
  }

  @TearDown
  public void stop() {
    flight.close();
  }

  /** A span that is added when it has ended. */
  @Benchmark
  public void add() {
    long start = recorder.now();
    recorder.add(new Span(LANE, NAME, "load", start, recorder.now(), Span.Ending.COMPLETED));
  }

  /** A span that is shown while it runs. */
  @Benchmark
  public void beginAndEnd() {
    recorder.begin(LANE, NAME, "load").end();
  }

  /** The peer of both. */
  @Benchmark
  public void event() {
    SpanEvent event = new SpanEvent();
    event.begin();
    event.lane = LANE;
    event.activity = NAME;
    event.commit();
  }
}
