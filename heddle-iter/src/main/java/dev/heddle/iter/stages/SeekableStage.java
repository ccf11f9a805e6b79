package dev.heddle.iter.stages;

import dev.heddle.base.Check;
import dev.heddle.iter.Seekable;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The implementation of {@link Seekable}. */
public final class SeekableStage<T extends @Nullable Object> extends Stage<T, T> implements Seekable<T> {
  private final List<T> kept = new ArrayList<>();
  private final int maxKept;

  /** How many elements were read and are not kept any more. */
  private long dropped;

  /** The number of the element to hand out next. */
  private long position;

  public SeekableStage(Pull<? extends T> up, int maxKept) {
    super(up);
    this.maxKept = maxKept;
  }

  @Override
  public long position() {
    Object ahead = ahead();
    return ahead == NEED || ahead == END ? position : position - 1;
  }

  @Override
  public List<T> elements() {
    return Collections.unmodifiableList(new ArrayList<>(kept.subList(Math.max(0, kept.size() - maxKept), kept.size())));
  }

  @Override
  public void seek(long index) {
    Check.notNegative(index, "index", "elements are numbered from 0; use relativeSeek to go back from here");
    if (isClosed()) {
      throw new IllegalStateException("a closed Seekable keeps no elements to go back to; seek before closing it");
    }
    long oldest = read() - Math.min(kept.size(), maxKept);
    if (index < oldest) {
      throw new IllegalArgumentException(
          "index must be " + oldest + " or more, but was " + index + "; only maxKept = " + maxKept + " elements are kept");
    }
    forgetAhead();
    position = Math.min(index, read());
    while (position < index && hasNext()) {
      next();
    }
  }

  @Override
  public void relativeSeek(long distance) {
    long here = position();
    seek(distance < -here ? 0 : Math.addExact(here, distance));
  }

  private long read() {
    return dropped + kept.size();
  }

  @Override
  protected void release(Closing closing) {
    dropped += kept.size();
    kept.clear();
    super.release(closing);
  }

  @Override
  protected @Nullable Object ready() {
    return position < read() ? kept.get((int) (position++ - dropped)) : NEED;
  }

  @Override
  protected @Nullable Object offer(T input) {
    kept.add(input);
    position++;
    if (kept.size() / 2 > maxKept) {
      int gone = kept.size() - maxKept;
      kept.subList(0, gone).clear();
      dropped += gone;
    }
    return input;
  }
}
