package dev.heddle.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.ResultNotSent;
import dev.heddle.codec.TestErrors.TaskRefused;
import dev.heddle.codec.apps.Jobs;
import dev.heddle.codec.apps.Shapes;
import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What works within one process only is refused, wherever it is. */
@Bounded(seconds = 60)
class ProcessBoundTest {
  private final Ends ends = new Ends();

  static Stream<Object> bound() {
    return Stream.of(
        new ReentrantLock(),
        new ReentrantLock(true).newCondition(),
        new ReentrantReadWriteLock(),
        new ReentrantReadWriteLock().readLock(),
        new StampedLock(),
        new Semaphore(1),
        new AtomicInteger(),
        new AtomicBoolean(),
        new AtomicReference<>("x"),
        new AtomicIntegerArray(1),
        new LongAdder(),
        new CountDownLatch(1),
        new CyclicBarrier(1),
        new Phaser(),
        new Exchanger<String>(),
        new ArrayBlockingQueue<>(1),
        new LinkedBlockingDeque<>(),
        new LinkedTransferQueue<>(),
        new PriorityBlockingQueue<>(),
        new SynchronousQueue<>(),
        new ThreadLocal<>(),
        ScopedValue.newInstance(),
        Thread.currentThread(),
        ForkJoinPool.commonPool(),
        new CompletableFuture<>());
  }

  @ParameterizedTest
  @MethodSource("bound")
  void captured_orInAResult_isRefused(Object value) {
    String type = value.getClass().getTypeName();
    for (Object holder : List.of(value, List.of(1, value), Map.of("k", value), Shapes.hidden(value), new Object[]{value},
        new Jobs.Account().add(value))) {
      assertThatThrownBy(() -> ends.send(Jobs.echo(holder)))
          .isInstanceOf(TaskRefused.class)
          .hasMessageContaining("captured argument 1 (")
          .hasMessageContaining(type + " works within one process only: ");
      assertThatThrownBy(() -> ends.worker.values().encode(holder))
          .isInstanceOf(ResultNotSent.class)
          .hasMessageContaining(type + " works within one process only: ");
    }
  }

  @Test
  void message_namesThePathAndWhatServes() {
    assertThatThrownBy(() -> ends.send(Jobs.echo(List.of(new Shapes.Guarded()))))
        .hasMessageContaining(
            "[0].guard: java.util.concurrent.locks.ReentrantLock works within one process only: a copy would")
        .hasMessageContaining("FileChannel.lock");
    assertThatThrownBy(() -> ends.send(Jobs.echo(new AtomicInteger())))
        .hasMessageContaining("return what is to be added or stored here");
  }

  @Test
  void collectionsOfData_andRandom_areCopied() throws Exception {
    ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>(Map.of("a", 1));
    assertThat(ends.run(Jobs.echo(map))).isEqualTo(map).isNotSameAs(map);
    assertThat(ends.run(Jobs.echo(map.keySet()))).hasToString("[a]");
    Object queue = requireNonNull(ends.run(Jobs.echo(new ConcurrentLinkedQueue<>(Arrays.asList(1, 2)))));
    assertThat(new ArrayList<>((ConcurrentLinkedQueue<?>) queue)).isEqualTo(List.of(1, 2));
    int next = new Random(5).nextInt();
    assertThat(((Random) requireNonNull(ends.run(Jobs.echo(new Random(5))))).nextInt()).isEqualTo(next);
  }

  @Test
  void lock_inATransientField_doesNotMatter() throws Exception {
    assertThat(requireNonNull(ends.send(Jobs.echo(new Shapes.Remade())).call()).getClass().getSimpleName())
        .isEqualTo("Remade");
  }
}
