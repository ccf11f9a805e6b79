package dev.heddle.queue.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.Iter;
import dev.heddle.queue.QueueClosedException;
import dev.heddle.testkit.Bounded;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Wake-ups that must not be lost, and what is put back: cases that the contract of queues cannot reach. */
@Bounded
final class LockedQueueTest {

  /** A store that refuses one item, and refuses the first removal, as a comparator that throws may. */
  private static final class Refusing implements Store<Integer> {
    private final Store<Integer> items = new Store.Fifo<>();
    private boolean refusing;

    @Override
    public void add(Integer item) {
      if (item < 0) {
        throw new IllegalStateException("cannot compare " + item);
      }
      items.add(item);
    }

    @Override
    public void giveBack(Integer item) {
      items.giveBack(item);
    }

    @Override
    public @Nullable Integer remove() {
      if (refusing && size() > 0) {
        refusing = false;
        throw new IllegalStateException("cannot compare");
      }
      return items.remove();
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  private final Refusing store = new Refusing();
  private final LockedQueue<Integer> queue = new LockedQueue<>(store, 1, 0);

  /** Starts a thread and returns once it waits at the queue. */
  private static <T> FutureTask<T> waiting(Callable<T> body) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(body);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1); // the queue does not tell; the test is bounded
    }
    return task;
  }

  @Test
  void put_storeThrows_wakesTheNextPutter() throws Exception {
    queue.put(1);
    FutureTask<Void> refused = waiting(() -> {
      queue.put(-1);
      return null;
    });
    FutureTask<Void> next = waiting(() -> {
      queue.put(2);
      return null;
    });
    assertThat(queue.take()).isEqualTo(1); // wakes the first putter only
    assertThatThrownBy(refused::get).isInstanceOf(ExecutionException.class).hasMessageContaining("cannot compare -1");
    next.get();
    assertThat(queue.take()).isEqualTo(2);
  }

  @Test
  void take_storeThrows_wakesTheNextTaker() throws Exception {
    FutureTask<Integer> refused = waiting(queue::take);
    FutureTask<Integer> next = waiting(queue::take);
    store.refusing = true;
    queue.put(1); // wakes the first taker only
    assertThatThrownBy(refused::get).isInstanceOf(ExecutionException.class).hasMessageContaining("cannot compare");
    assertThat(next.get()).isEqualTo(1);
  }

  @Test
  void giveBack_wakesAWaitingTaker() throws Exception {
    queue.put(1);
    Iter<Integer> reader = queue.iterator();
    assertThat(reader.hasNext()).isTrue(); // it has taken the item
    FutureTask<Integer> next = waiting(queue::take);
    reader.close();
    assertThat(next.get()).isEqualTo(1);
  }

  @Test
  void giveBack_countsTheItemAsNotTaken() throws Exception {
    Cursor cursor = new Cursor();
    queue.put(1);
    assertThat(queue.remove(LockedQueue.FOREVER, cursor)).isEqualTo(1);
    queue.giveBack(1);
    assertThat(queue.remove(LockedQueue.FOREVER, cursor)).isEqualTo(1);
    assertThat(cursor.number()).isZero();
  }

  @Test
  void closeNow_afterAnError_keepsTheError() throws Exception {
    Exception error = new Exception("the source failed");
    queue.put(1);
    queue.closeWithError(error);
    assertThat(queue.closeNow()).containsExactly(1);
    assertThatThrownBy(queue::take).isInstanceOf(QueueClosedException.class).hasCause(error);
  }
}
