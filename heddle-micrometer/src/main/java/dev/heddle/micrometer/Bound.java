package dev.heddle.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Meters of one object, which are removed together. Thread-safe.
 *
 * <p>A registry asked for a meter that it has returns that one, which would go on measuring the object before. So an earlier meter
 * of the same name and tags is removed first.
 */
final class Bound {
  private final List<Runnable> removals = new ArrayList<>(); // guarded by this

  /** Registers a meter in place of an earlier one. */
  synchronized void register(
      MeterRegistry registry, String name, Tags tags, Meter.Type type, Function<String, Meter> registering) {
    registry.removeByPreFilterId(new Meter.Id(name, tags, null, null, type));
    Meter meter = registering.apply(name);
    removals.add(() -> remove(registry, meter));
  }

  /** Removes a meter, unless another one has taken its place. */
  private static void remove(MeterRegistry registry, Meter meter) {
    Meter.Id id = meter.getId();
    if (registry.find(id.getName()).tags(id.getTags()).meters().stream().anyMatch(each -> each == meter)) { // equal by their ids
      registry.remove(meter);
    }
  }

  /** Removes all of them. */
  synchronized void removeAll() {
    removals.forEach(Runnable::run);
    removals.clear();
  }
}
