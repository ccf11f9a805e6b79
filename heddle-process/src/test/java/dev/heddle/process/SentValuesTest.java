package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The values that go through a pool of threads and a pool of processes, and those that only threads can share. */
class SentValuesTest {
  private static final Executor THREADS = ThreadPool.of(1);
  private static final Executor PROCESSES = ProcessPool.of(1);

  @AfterAll
  static void close() {
    THREADS.close();
    PROCESSES.close();
  }

  @Nested
  class OnThreads extends ValuesContract {
    @Override
    Executor pool() {
      return THREADS;
    }

    @Test
    void atomic_isShared() {
      AtomicInteger count = new AtomicInteger();
      THREADS.submit(() -> count.incrementAndGet()).result();
      assertThat(count).hasValue(1);
    }
  }

  @Nested
  class OnProcesses extends ValuesContract {
    @Override
    Executor pool() {
      return PROCESSES;
    }

    @Test
    void atomicOrLock_captured_isRefused() {
      AtomicInteger count = new AtomicInteger();
      ReentrantLock lock = new ReentrantLock();
      assertThatThrownBy(() -> PROCESSES.submit(() -> count.incrementAndGet()).result())
          .hasRootCauseInstanceOf(java.io.NotSerializableException.class)
          .hasStackTraceContaining("java.util.concurrent.atomic.AtomicInteger works within one process only");
      assertThatThrownBy(() -> PROCESSES.submit(() -> lock.tryLock()).result())
          .hasStackTraceContaining("NotSerializableTaskException")
          .hasStackTraceContaining("a copy would exclude no thread");
    }

    @Test
    void queue_asInputOrResult_isRefused() {
      assertThat(PROCESSES.submit(() -> new LinkedBlockingQueue<>(List.of(1))).exception())
          .isInstanceOf(NotSerializableResultException.class)
          .hasMessageContaining("java.util.concurrent.LinkedBlockingQueue works within one process only");
      assertThatThrownBy(() -> PROCESSES.map(each -> each.size(), List.of(new LinkedBlockingQueue<>(List.of(1)))).toList())
          .hasStackTraceContaining("pass the elements as inputs of map");
    }

    @Test
    void concurrentMap_isCopied() {
      ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
      ConcurrentHashMap<String, Integer> back = PROCESSES.submit(() -> {
        map.put("a", 1);
        return map;
      }).result();
      assertThat(back).containsEntry("a", 1);
      assertThat(map).isEmpty();
    }
  }
}
