package dev.heddle.micrometer;

import dev.heddle.base.Check;
import dev.heddle.queue.PipelineProgress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Meters of a pipeline's stages: a listener to its progress.
 *
 * <pre>{@code
 * PipelineOptions options = PipelineOptions.defaults()
 *     .onProgress(Duration.ofSeconds(10), new PipelineMetrics(registry, "resize"));
 * }</pre>
 *
 * <p>Gauges: {@code heddle.pipeline.waiting}, items in the stage's queue, {@code busy} and {@code workers}; counters: {@code
 * heddle.pipeline.in}, {@code out} and {@code failed}. All have the tags {@code pipeline} and {@code stage}. They are as
 * exact as the interval is short, and exact when the run has ended. The counts of one run after the other add up; for runs
 * at the same time make an object with other tags each.
 *
 * <p><b>Thread-safe.</b>
 */
public final class PipelineMetrics implements Consumer<PipelineProgress> {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<String, Stage> stages = new HashMap<>(); // guarded by this

  /** Meters with the tags {@code pipeline} and {@code stage}. */
  public PipelineMetrics(MeterRegistry registry, String pipeline) {
    this(registry, pipeline, Tags.empty());
  }

  /** Meters with further tags. */
  public PipelineMetrics(MeterRegistry registry, String pipeline, Tags tags) {
    this.registry = Check.notNull(registry, "registry");
    this.tags = Check.notNull(tags, "tags")
        .and("pipeline", Check.notBlank(pipeline, "pipeline", "it tells pipelines apart"));
  }

  @Override
  public synchronized void accept(PipelineProgress progress) {
    for (PipelineProgress.Stage each : progress.stages()) {
      stages.computeIfAbsent(each.name(), name -> new Stage(registry, tags.and("stage", name))).show(each, progress.last());
    }
  }

  private static final class Stage {
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong workers = new AtomicLong();
    private final Growth in;
    private final Growth out;
    private final Growth failed;

    Stage(MeterRegistry registry, Tags tags) {
      gauge(registry, "waiting", tags, waiting);
      gauge(registry, "busy", tags, busy);
      gauge(registry, "workers", tags, workers);
      in = new Growth(Counter.builder("heddle.pipeline.in").tags(tags).register(registry));
      out = new Growth(Counter.builder("heddle.pipeline.out").tags(tags).register(registry));
      failed = new Growth(Counter.builder("heddle.pipeline.failed").tags(tags).register(registry));
    }

    private static void gauge(MeterRegistry registry, String name, Tags tags, AtomicLong value) {
      new Bound().register( // in place of that of another object, for a run before
          registry, "heddle.pipeline." + name, tags, Meter.Type.GAUGE,
          id -> Gauge.builder(id, value, AtomicLong::get).tags(tags).strongReference(true).register(registry));
    }

    void show(PipelineProgress.Stage stage, boolean last) {
      waiting.set(stage.waiting());
      busy.set(stage.busy());
      workers.set(stage.workers());
      in.reaches(stage.in(), last);
      out.reaches(stage.out(), last);
      failed.reaches(stage.failed(), last);
    }
  }

  /** A count that begins anew with each run, as a counter that only grows. */
  private static final class Growth {
    private final Counter counter;
    private long before;

    Growth(Counter counter) {
      this.counter = counter;
    }

    void reaches(long count, boolean last) {
      counter.increment((double) Math.max(0, count - before));
      before = last ? 0 : count;
    }
  }
}
