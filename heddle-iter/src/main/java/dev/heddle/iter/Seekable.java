package dev.heddle.iter;

import dev.heddle.base.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that keeps what it has read, so that one can go back, or ahead.
 *
 * <p>Elements are numbered from 0, from where the source stood. Not thread-safe. Origin: {@code more_itertools.seekable}.
 */
public final class Seekable<T extends @Nullable Object> extends Stage<T, T> {
  private final List<T> kept = new ArrayList<>();
  private final int maxKept;

  /** How many elements were read and are not kept any more. */
  private long dropped;

  /** The number of the element to hand out next. */
  private long position;

  Seekable(Pull<? extends T> up, int maxKept) {
    super(up);
    this.maxKept = maxKept;
  }

  /** The number of the next element. */
  public long position() {
    Object ahead = ahead();
    return ahead == NEED || ahead == END ? position : position - 1;
  }

  /** A copy of the elements that are kept: all that were read, or the last of them when a bound was given. */
  public List<T> elements() {
    return Collections.unmodifiableList(new ArrayList<>(kept.subList(Math.max(0, kept.size() - maxKept), kept.size())));
  }

  /**
   * Makes an element the next one; when it was not read yet, those before it are read now, as far as there are any.
   *
   * @param index the element's number, 0 or more
   * @throws IllegalArgumentException when the element is not kept any more
   */
  public void seek(long index) {
    Check.notNegative(index, "index", "elements are numbered from 0; use relativeSeek to go back from here");
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

  /** Goes ahead by a number of elements, or back when it is negative, at most to the first. */
  public void relativeSeek(long distance) {
    long here = position();
    seek(distance < -here ? 0 : Math.addExact(here, distance));
  }

  private long read() {
    return dropped + kept.size();
  }

  @Override
  @Nullable
  Object ready() {
    return position < read() ? kept.get((int) (position++ - dropped)) : NEED;
  }

  @Override
  @Nullable
  Object offer(T input) {
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
