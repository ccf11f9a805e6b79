package dev.heddle.iter.pull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sources that handed out all they will, and yet hold something open: {@code limit(3)} of a file, say.
 *
 * <p>They stay open, since what is left may be read by their owner, until the iterator that passed them is closed.
 */
public final class Passed {
  private @Nullable List<Pull<?>> sources;

  public void add(Pull<?> source) {
    if (!source.spent()) {
      if (sources == null) {
        sources = new ArrayList<>();
      }
      sources.add(source);
    }
  }

  public void addAll(Passed other) {
    if (other.sources != null) {
      other.sources.forEach(this::add);
    }
  }

  public void release(Closing closing) {
    if (sources != null) {
      sources.forEach(closing::add);
      sources = null;
    }
  }
}
