package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Time-outs with absolute deadlines, and limits that are switched on and off. */
class DeadlineTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private static long in(int seconds) {
    return EventLoop.current().nanoTime() + seconds(seconds).toNanos();
  }

  @Test
  void deadlineIsSharedByPiecesOfWork() {
    run(a -> {
      long deadline = in(3);
      a.await(Timeout.at(deadline).run(later(2, "first")));
      Timeout second = Timeout.at(deadline);
      assertThat(second.when()).isEqualTo(OptionalLong.of(deadline));
      assertThatThrownBy(() -> a.await(second.run(later(2, "second"))))
          .isInstanceOf(AsyncTimeoutException.class)
          .hasMessageContaining("time-out of 1 s");
      assertThat(EventLoop.current().nanoTime()).isEqualTo(deadline);
      assertThat(second.isExpired()).isTrue();
    });
  }

  @Test
  void deadlineThatHasPassed_doesNotBeginTheBody() {
    run(a -> {
      Async<String> never = sleeper("never", 1);
      assertThatThrownBy(() -> a.await(Timeout.at(in(-1)).run(never))).isInstanceOf(AsyncTimeoutException.class);
      assertThat(never.isTaken()).isTrue();
    });
    assertThat(log).isEmpty();
  }

  @Test
  void limit_isSwitchedOnAndOff() {
    run(a -> {
      Timeout limit = Timeout.none();
      assertThatThrownBy(limit::disable).isInstanceOf(LoopStateException.class).hasMessageContaining("has not begun");
      assertThatThrownBy(() -> a.await(limit.run(Async.action(b -> {
        assertThat(limit.when()).isEmpty();
        b.await(Asyncio.sleep(seconds(1_000)));
        limit.reschedule(seconds(2));
        assertThat(limit.when()).isEqualTo(OptionalLong.of(in(2)));
        b.await(Asyncio.sleep(seconds(1)));
        limit.disable();
        assertThat(limit).hasToString("<Timeout without a limit, running>");
        b.await(Asyncio.sleep(seconds(1_000)));
        limit.rescheduleAt(in(5));
        b.await(Asyncio.sleep(seconds(6)));
      })))).isInstanceOf(AsyncTimeoutException.class).hasMessageContaining("5 s");
      assertThat(EventLoop.current().nanoTime()).isEqualTo(seconds(2_006).toNanos());
      assertThatThrownBy(() -> limit.rescheduleAt(in(1))).hasMessageContaining("has run out");
      assertThat(limit.when()).isEmpty();
    });
  }

  @Test
  void rescheduledToATimeThatHasPassed_endsAtTheNextTurn() {
    run(a -> {
      Timeout limit = Timeout.of(seconds(100));
      assertThatThrownBy(() -> a.await(limit.run(Async.action(b -> {
        limit.rescheduleAt(in(-7));
        b.await(Asyncio.sleep(SECOND));
      })))).isInstanceOf(AsyncTimeoutException.class);
      assertThat(EventLoop.current().nanoTime()).isZero();
    });
  }

  @Test
  void callAt_runsAtItsTime_orAtTheNextTurn_andCanBeCancelled() {
    run(a -> {
      EventLoop loop = EventLoop.current();
      loop.callAt(in(2), () -> log.add("at " + loop.nanoTime() / SECOND.toNanos()));
      loop.callAt(in(-2), () -> log.add("passed " + loop.nanoTime()));
      loop.callAt(in(1), () -> log.add("never")).cancel();
      a.await(Asyncio.sleep(seconds(3)));
    });
    assertThat(log).containsExactly("passed 0", "at 2");
  }

  @Test
  void extremeTimes_arePassedOrNeverCome() {
    for (boolean virtual : new boolean[]{false, true}) {
      EventLoop.run(LoopOptions.defaults().withVirtualTime(virtual), a -> {
        List<String> fired = new ArrayList<>();
        EventLoop loop = EventLoop.current();
        a.await(Asyncio.sleep(Duration.ofMillis(1)));
        loop.callAt(Long.MIN_VALUE, () -> fired.add("passed"));
        EventLoop.TimerHandle never = loop.callAt(Long.MAX_VALUE, () -> fired.add("never"));
        assertThatThrownBy(() -> a.await(Timeout.at(Long.MIN_VALUE).run(new Event().await())))
            .isInstanceOf(AsyncTimeoutException.class);
        a.await(Timeout.at(Long.MAX_VALUE).run(Asyncio.sleep(Duration.ofMillis(1))));
        never.cancel();
        assertThat(fired).containsExactly("passed");
      });
    }
  }
}
