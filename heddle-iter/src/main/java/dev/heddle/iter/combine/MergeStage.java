package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import dev.heddle.iter.pull.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The elements of sorted sources in order; of equal ones that of the earlier source first. */
public final class MergeStage<T extends @Nullable Object> extends Stage<T, T> {

  /** The first element that is left of a source. */
  private record Head<T extends @Nullable Object>(T element, int source) {}

  private final List<Pull<T>> sources;
  private final PriorityQueue<Head<T>> heads;

  /** The source that is read now: each in turn at the start, then the one whose element was handed out last. */
  private int reading;

  private boolean begun;

  public MergeStage(List<Pull<T>> sources, Comparator<? super T> order) {
    super(sources.isEmpty() ? SourceIter.none() : sources.getFirst());
    this.sources = sources;
    Comparator<Head<T>> byElement = (a, b) -> order.compare(a.element(), b.element());
    this.heads = new PriorityQueue<>(byElement.thenComparingInt(Head::source));
  }

  @Override
  protected @Nullable Object offer(T input) {
    heads.add(new Head<>(input, reading));
    return following();
  }

  @Override
  protected @Nullable Object ended() {
    return following();
  }

  private @Nullable Object following() {
    if (!begun && reading + 1 < sources.size()) {
      reading++;
      up = sources.get(reading);
      return NEED;
    }
    begun = true;
    Head<T> smallest = heads.poll();
    if (smallest == null) {
      return END;
    }
    reading = smallest.source();
    up = sources.get(reading);
    return smallest.element();
  }

  @Override
  protected void release(Closing closing) {
    heads.clear();
    sources.forEach(closing::add);
  }

  @Override
  protected boolean isLinear() {
    return false;
  }
}
