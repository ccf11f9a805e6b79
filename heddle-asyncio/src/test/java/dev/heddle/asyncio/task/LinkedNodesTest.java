package dev.heddle.asyncio.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A list through its elements agrees with an ordinary list. */
class LinkedNodesTest {
  private static final class Plain implements LinkedNodes.Node<Plain> {
    private @Nullable Plain previous;
    private @Nullable Plain next;

    @Override
    public @Nullable Plain previous() {
      return previous;
    }

    @Override
    public @Nullable Plain next() {
      return next;
    }

    @Override
    public void link(@Nullable Plain previous, @Nullable Plain next) {
      this.previous = previous;
      this.next = next;
    }
  }

  @Test
  void randomOperations_agreeWithAnArrayList() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinkedNodes<Plain> nodes = new LinkedNodes<>();
      List<Plain> model = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        if (random.nextInt(5) < 2 || model.isEmpty()) {
          Plain added = new Plain();
          nodes.add(added);
          model.add(added);
        } else {
          Plain removed = model.remove(random.nextInt(model.size()));
          nodes.remove(removed);
          assertThat(removed.previous()).isNull();
          assertThat(removed.next()).isNull();
        }
        List<Plain> seen = new ArrayList<>();
        nodes.forEach(seen::add);
        assertThat(seen).as("seed %d", seed).isEqualTo(model);
        assertThat(nodes.isEmpty()).isEqualTo(model.isEmpty());
      }
    }
  }
}
