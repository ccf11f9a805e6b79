package dev.heddle.futures.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.core.FutureState.Removable;
import dev.heddle.futures.core.FutureState.Success;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObserversTest {
  private static final int MANY = 20_000;

  private static final class Bare extends CoreFuture<Integer> {
    @Override
    public String name() {
      return "bare";
    }

    @Override
    protected void stopRunning() {}
  }

  private final List<Integer> notified = new ArrayList<>();
  private long looks;

  private final class Numbered implements Removable {
    private final int number;
    private boolean forgotten;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    public void done(CoreFuture<?> future) {
      if (!forgotten) {
        notified.add(number);
      }
    }

    @Override
    public void markForgotten() {
      forgotten = true;
    }

    @Override
    public boolean isForgotten() {
      looks++;
      return forgotten;
    }
  }

  /** As one does that needs memory when there is none. */
  private static final class Failing implements FutureState.Observer {
    @Override
    public void done(CoreFuture<?> future) {
      throw new OutOfMemoryError("on purpose");
    }
  }

  @Test
  void done_observersThatFail_keepNoOtherFromBeingTold() {
    Bare future = new Bare();
    future.observe(new Failing());
    future.observe(new Numbered(1));
    future.observe(new Failing());
    future.observe(new Numbered(2));
    assertThat(future.complete(new Success(7))).isTrue();
    assertThat(notified).containsExactly(1, 2);
  }

  private List<Numbered> observed(CoreFuture<?> future, int count) {
    List<Numbered> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Numbered each = new Numbered(i);
      assertThat(future.observe(each)).isTrue();
      all.add(each);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"first to last", "last to first", "shuffled"})
  void forgettingMany_looksAtEachAFewTimes_andKeepsNone(String order) {
    Bare future = new Bare();
    List<Numbered> all = observed(future, MANY);
    if (order.equals("last to first")) {
      Collections.reverse(all);
    } else if (order.equals("shuffled")) {
      Collections.shuffle(all, new Random(7));
    }
    all.forEach(future::forget);
    assertThat(looks).as("looks at %s observers", MANY).isLessThan(3L * MANY);
    assertThat(future.observers()).isNull();
    assertThat(future.complete(new Success(1))).isTrue();
    assertThat(notified).isEmpty();
  }

  @Test
  void waitsOneAfterTheOther_besideObserversThatStay_keepNoMoreThanThose() {
    Bare future = new Bare();
    observed(future, 3);
    for (int i = 0; i < MANY; i++) {
      Numbered wait = new Numbered(-1);
      future.observe(wait);
      future.forget(wait);
      assertThat(Observers.count(future.observers())).isLessThanOrEqualTo(6);
    }
    assertThat(looks).isLessThan(4L * MANY);
    assertThat(future.complete(new Success(1))).isTrue();
    assertThat(notified).containsExactly(0, 1, 2);
  }

  @Test
  void oneObserver_forgotten_leavesTheStateAsItWas() {
    Bare future = new Bare();
    Numbered wait = new Numbered(0);
    future.observe(wait);
    future.markRunning();
    future.forget(wait);
    assertThat(future.observers()).isNull();
    assertThat(future.isRunning()).isTrue();
  }

  @Test
  void thoseThatStay_areNotifiedInOrder_whateverIsForgotten() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      notified.clear();
      Bare future = new Bare();
      List<Numbered> all = observed(future, 1 + random.nextInt(40));
      List<Integer> expected = new ArrayList<>();
      List<@Nullable Numbered> gone = new ArrayList<>();
      for (Numbered each : all) {
        if (random.nextBoolean()) {
          gone.add(each);
        } else {
          expected.add(each.number);
        }
      }
      Collections.shuffle(gone, random);
      gone.forEach(each -> future.forget(each));
      assertThat(future.complete(new Success(1))).isTrue();
      assertThat(notified).isEqualTo(expected);
    }
  }
}
