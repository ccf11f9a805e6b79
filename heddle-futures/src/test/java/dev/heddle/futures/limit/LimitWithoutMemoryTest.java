package dev.heddle.futures.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.Permit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit whose thread runs out of memory while it grants permits: those that wait still get them. */
@Timeout(60)
class LimitWithoutMemoryTest {

  /** A limit of one permit that throws for a while when it is asked for it, or for a timer. */
  private static final class Scarce extends QueuedLimit {
    private int failures;
    private int timerFailures;
    private int free = 1;
    private @Nullable Error other;

    @Override
    @Nullable
    Permit take(PermitFuture.@Nullable Holder holder) {
      if (other != null) {
        throw other;
      }
      if (failures > 0) {
        failures--;
        throw new OutOfMemoryError("of the test");
      }
      if (free == 0) {
        return null;
      }
      free--;
      return this::back;
    }

    private void back() {
      underLock(() -> free++);
      serve();
    }

    @Override
    void waits(int left) {
      if (timerFailures > 0) {
        timerFailures--;
        throw new OutOfMemoryError("for a timer");
      }
    }

    @Override
    boolean isUnused() {
      return free == 1;
    }
  }

  private final Scarce limit = new Scarce();

  @Test
  void outOfMemoryForAMoment_isTriedAgain() {
    Permit held = limit.acquire().result();
    Future<Permit> first = limit.acquire();
    Future<Permit> second = limit.acquire();
    limit.failures = 3;
    limit.timerFailures = 3;
    held.close();
    assertThat(first.isDone()).isTrue();
    assertThat(second.isDone()).isFalse();
    limit.failures = 3;
    first.result().close();
    second.result().close();
    assertThat(limit.isFresh()).isTrue();
  }

  @Test
  void outOfMemoryForLong_theNextRequestServesThoseThatWait() {
    Permit held = limit.acquire().result();
    Future<Permit> first = limit.acquire();
    limit.failures = 1_000;
    assertThatThrownBy(held::close).isInstanceOf(OutOfMemoryError.class);
    assertThat(first.isDone()).isFalse();
    limit.failures = 0;
    Future<Permit> second = limit.acquire();
    first.result().close();
    second.result().close();
    assertThat(limit.isFresh()).isTrue();
  }

  @Test
  void otherError_isThrownAtOnce_andTheNextRequestServes() {
    Permit held = limit.acquire().result();
    Future<Permit> first = limit.acquire();
    limit.other = new StackOverflowError("of the test");
    assertThatThrownBy(held::close).isSameAs(limit.other);
    limit.other = null;
    limit.acquire().cancel();
    first.result().close();
    assertThat(limit.isFresh()).isTrue();
  }

  @Test
  void callbackThatGivesBack_isServedAfterwards_inOrder() {
    List<Integer> order = new ArrayList<>();
    Permit held = limit.acquire().result();
    for (int i = 0; i < 5; i++) {
      int number = i;
      limit.acquire().addDoneCallback(done -> {
        order.add(number);
        done.result().close();
        order.add(-number);
      });
    }
    held.close();
    assertThat(order).containsExactly(0, 0, 1, -1, 2, -2, 3, -3, 4, -4);
    assertThat(limit.isFresh()).isTrue();
  }

  @Test
  void cancelledWait_leavesTheTimerToTheOthers() {
    Permit held = limit.acquire().result();
    Future<Permit> given = limit.acquire();
    limit.timerFailures = 1;
    assertThat(given.cancel()).isTrue(); // what the time source throws is logged
    held.close();
    assertThat(limit.isFresh()).isTrue();
  }
}
