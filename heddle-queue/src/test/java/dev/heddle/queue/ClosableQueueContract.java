package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.heddle.iter.Iter;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Nulls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What every queue does, whatever its order, on any kind of thread. */
@Bounded
interface ClosableQueueContract extends QueueIterationContract {
  Duration LONG = Duration.ofSeconds(20);
  Duration SHORT = Duration.ofMillis(5);

  // ---- order and bounds ----

  @Test
  default void take_severalItems_comeInTheOrderOfTheQueue() throws Exception {
    ClosableQueue<Integer> queue = holding(3, 1, 2);
    assertThat(List.of(queue.take(), queue.take(), queue.take())).isEqualTo(ordered());
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  default void offer_full_isFalseAndAddsNothing() throws Exception {
    ClosableQueue<Integer> queue = newQueue(1);
    assertThat(queue.offer(1)).isTrue();
    assertThat(queue.offer(2)).isFalse();
    assertThat(queue.offer(2, SHORT)).isFalse();
    assertThat(queue.offer(2, Duration.ZERO)).isFalse();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.capacity()).isEqualTo(1);
    assertThat(queue.take()).isEqualTo(1);
  }

  @Test
  default void poll_empty_isNull() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    assertThat(queue.poll()).isNull();
    assertThat(queue.poll(SHORT)).isNull();
    assertThat(queue.poll(Duration.ZERO)).isNull();
    assertThat(queue.capacity()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  default void put_full_waitsForRoom() throws Exception {
    ClosableQueue<Integer> queue = newQueue(1);
    queue.put(1);
    var putter = threads().run(() -> queue.put(2)).untilItWaits();
    assertThat(queue.take()).isEqualTo(1);
    putter.result();
    assertThat(queue.take()).isEqualTo(2);
  }

  @Test
  default void take_empty_waitsForAnItem() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    var taker = threads().start(queue::take).untilItWaits();
    queue.put(7);
    assertThat(taker.result()).isEqualTo(7);
  }

  @Test
  default void timedForms_whenItComesInTime_succeed() throws Exception {
    ClosableQueue<Integer> queue = newQueue(1);
    var taker = threads().start(() -> queue.poll(LONG)).untilItWaits();
    queue.put(1);
    assertThat(taker.result()).isEqualTo(1);
    queue.put(2);
    var putter = threads().start(() -> queue.offer(3, LONG)).untilItWaits();
    queue.take();
    assertThat(putter.result()).isTrue();
  }

  // ---- closing ----

  @Test
  default void close_withItems_takersGetTheRestAndThenTheEnd() throws Exception {
    ClosableQueue<Integer> queue = holding(3, 1, 2);
    queue.close();
    assertThat(queue.isClosed()).isTrue();
    List<Integer> taken = new ArrayList<>(List.of(queue.take()));
    taken.add(queue.poll());
    taken.add(queue.poll(LONG));
    assertThat(taken).isEqualTo(ordered());
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(queue::take).withNoCause();
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(queue::poll);
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.poll(LONG));
  }

  @Test
  default void put_afterClose_isAnErrorThatSaysSo() {
    ClosableQueue<Integer> queue = newQueue();
    queue.close();
    assertThatExceptionOfType(QueueClosedException.class)
        .isThrownBy(() -> queue.put(1))
        .withMessageContaining("the queue was closed")
        .withMessageContaining("put before close()");
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.offer(1));
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.offer(1, LONG));
    assertThat(queue.size()).isZero();
  }

  @Test
  default void close_whileOthersWait_endsEveryWait() throws Exception {
    ClosableQueue<Integer> empty = newQueue();
    ClosableQueue<Integer> full = newQueue(1);
    full.put(1);
    List<Threads.Started<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(threads().start(() -> empty.take() > 0).untilItWaits());
      waiting.add(threads().run(() -> full.put(2)).untilItWaits());
    }
    empty.close();
    full.close();
    for (var each : waiting) {
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(each::result)
          .withCauseInstanceOf(QueueClosedException.class);
    }
    assertThat(full.take()).isEqualTo(1);
    assertThat(full.size()).isZero();
  }

  @Test
  default void closeNow_withItems_returnsThemInOrderAndCountsThemAsDone() throws Exception {
    ClosableQueue<Integer> queue = holding(3, 1, 2);
    assertThat(queue.closeNow()).isEqualTo(ordered());
    assertThat(queue.closeNow()).isEmpty();
    assertThat(queue.unfinished()).isZero();
    queue.join();
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(queue::take);
  }

  @Test
  default void closeNow_itemInHand_joinStillWaitsForIt() throws Exception {
    ClosableQueue<Integer> queue = holding(1, 2);
    queue.take();
    assertThat(queue.closeNow()).hasSize(1);
    assertThat(queue.join(SHORT)).isFalse();
    queue.taskDone();
    assertThat(queue.join(LONG)).isTrue();
  }

  @Test
  default void closeWithError_takersGetTheRestAndThenTheError() throws Exception {
    ClosableQueue<Integer> queue = holding(1);
    Exception disk = new Exception("disk full");
    queue.closeWithError(disk);
    queue.close();
    assertThat(queue.take()).isEqualTo(1);
    assertThatExceptionOfType(QueueClosedException.class)
        .isThrownBy(queue::take)
        .withCause(disk)
        .withMessageContaining("disk full");
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.put(1)).withCause(disk);
    assertThatExceptionOfType(QueueClosedException.class)
        .isThrownBy(queue::join)
        .withCause(disk)
        .withMessageContaining("1 of its items");
    queue.taskDone();
    queue.join();
  }

  @Test
  default void closeWithError_afterCloseNowOrAnError_changesNothing() {
    ClosableQueue<Integer> queue = newQueue();
    queue.close();
    queue.closeNow();
    queue.closeWithError(new Exception("late"));
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(queue::take).withNoCause();
    ClosableQueue<Integer> other = newQueue();
    Exception first = new Exception("first");
    other.closeWithError(first);
    other.closeWithError(new Exception("second"));
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(other::take).withCause(first);
  }

  /** The putter has closed and joins; then the only worker dies. */
  @Test
  default void closeWithError_afterCloseDuringJoin_endsTheJoin() throws Exception {
    ClosableQueue<Integer> queue = holding(1, 2);
    queue.close();
    var joiner = threads().run(queue::join).untilItWaits();
    queue.take();
    Exception died = new Exception("the worker died");
    queue.closeWithError(died);
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(joiner::result)
        .withCauseInstanceOf(QueueClosedException.class)
        .withRootCauseInstanceOf(Exception.class)
        .withStackTraceContaining("the worker died");
    assertThat(queue.take()).isNotNull();
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(queue::take).withCause(died);
  }

  @Test
  default void closeWithError_duringJoin_endsTheJoin() throws Exception {
    ClosableQueue<Integer> queue = holding(1);
    var joiner = threads().run(queue::join).untilItWaits();
    queue.closeWithError(new Exception("a worker died"));
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(joiner::result)
        .withCauseInstanceOf(QueueClosedException.class);
  }

  // ---- tasks ----

  @Test
  default void join_itemsUnfinished_waitsForTheLastTaskDone() throws Exception {
    ClosableQueue<Integer> queue = holding(1, 2);
    var joiner = threads().run(queue::join).untilItWaits();
    queue.take();
    queue.take();
    queue.taskDone();
    assertThat(joiner.isDone()).isFalse();
    assertThat(queue.join(Duration.ZERO)).isFalse();
    queue.taskDone();
    joiner.result();
    assertThat(queue.join(Duration.ZERO)).isTrue();
  }

  @Test
  default void taskDone_tooOften_isAnErrorThatSaysSo() throws Exception {
    ClosableQueue<Integer> queue = holding(1);
    assertThatIllegalStateException().isThrownBy(queue::taskDone).withMessageContaining("more often than items were taken");
    queue.take();
    queue.taskDone();
    assertThatIllegalStateException().isThrownBy(queue::taskDone);
    assertThat(queue.unfinished()).isZero();
  }

  // ---- interrupts ----

  @Test
  default void interrupt_whileTaking_losesNoItem() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    var taker = threads().start(queue::take).untilItWaits();
    taker.thread.interrupt();
    assertThatExceptionOfType(Exception.class).isThrownBy(taker::result).withCauseInstanceOf(InterruptedException.class);
    queue.put(1);
    assertThat(queue.take()).isEqualTo(1);
  }

  @Test
  default void interrupt_whilePutting_putsNothing() throws Exception {
    ClosableQueue<Integer> queue = newQueue(1);
    queue.put(1);
    var putter = threads().run(() -> queue.put(2)).untilItWaits();
    putter.thread.interrupt();
    assertThatExceptionOfType(Exception.class).isThrownBy(putter::result).withCauseInstanceOf(InterruptedException.class);
    assertThat(queue.closeNow()).containsExactly(1);
  }

  @Test
  default void interrupt_whileIterating_setsTheStatusAgainAndLosesNothing() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    CountDownLatch interrupted = new CountDownLatch(1);
    var taker = threads()
        .start(
            () -> {
              Iter<Integer> items = queue.iterator();
              assertThatExceptionOfType(QueueInterruptedException.class).isThrownBy(items::next);
              assertThat(Thread.interrupted()).isTrue();
              interrupted.countDown();
              return items.next();
            })
        .untilItWaits();
    taker.thread.interrupt();
    interrupted.await();
    queue.put(5);
    assertThat(taker.result()).isEqualTo(5);
  }

  // ---- bad input ----

  @Test
  default void newQueue_capacityBelowOne_namesValueAndRemedy() {
    for (int capacity : new int[]{0, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> newQueue(capacity))
          .withMessageContaining("capacity must be at least 1, but was " + capacity)
          .withMessageContaining("without a bound");
    }
  }

  @Test
  default void arguments_nullOrNegative_areRefused() {
    ClosableQueue<Integer> queue = newQueue();
    assertThatNullPointerException().isThrownBy(() -> queue.put(Nulls.any())).withMessage("item must not be null");
    assertThatNullPointerException().isThrownBy(() -> queue.offer(Nulls.<Integer>any())).withMessageContaining("item");
    assertThatNullPointerException().isThrownBy(() -> queue.closeWithError(Nulls.any())).withMessageContaining("error");
    Duration negative = Duration.ofMillis(-1);
    assertThatIllegalArgumentException().isThrownBy(() -> queue.offer(1, negative)).withMessageContaining("-1 ms");
    assertThatIllegalArgumentException().isThrownBy(() -> queue.poll(negative)).withMessageContaining("timeout");
    assertThatIllegalArgumentException().isThrownBy(() -> queue.join(negative)).withMessageContaining("timeout");
  }

  @Test
  default void toString_says_howItStands() {
    ClosableQueue<Integer> queue = newQueue(4);
    queue.offer(1);
    assertThat(queue).hasToString("<ClosableQueue of 1/4>");
    queue.closeWithError(new Exception("x"));
    assertThat(queue).hasToString("<ClosableQueue of 1/4, closed with java.lang.Exception: x>");
  }
}
