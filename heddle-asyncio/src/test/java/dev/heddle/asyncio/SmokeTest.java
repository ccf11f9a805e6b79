package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.*;

@org.junit.jupiter.api.Timeout(60)
class SmokeTest {
  static Async<String> fetch(String u) {
    return Async.of(a -> { a.await(Asyncio.sleep(Duration.ofMillis(10))); return u; });
  }
  @Test void it() {
    List<String> r = EventLoop.run(LoopOptions.simulated(1), a -> {
      var pages = a.await(Asyncio.gather(fetch("a"), fetch("b")));
      return pages;
    });
    assertThat(r).containsExactly("a", "b");
    System.out.println(Async.engineOf((AsyncBody<Integer>) a -> { a.await(Asyncio.yieldNow()); return 1; }));
  }
  @Test void gen() {
    List<Integer> r = EventLoop.run(a -> {
      AsyncGenerator<Integer> g = AsyncGenerator.of(y -> { for (int i = 0; i < 3; i++) { y.await(Asyncio.sleep(Duration.ofMillis(1))); y.yield(i); } });
      return a.await(g.toList());
    });
    assertThat(r).containsExactly(0,1,2);
  }
  @Test void group() {
    String r = EventLoop.run(LoopOptions.simulated(3), a -> {
      TaskGroup g = TaskGroup.create();
      return a.await(g.run(b -> { var x = g.createTask(fetch("x")); var y = g.createTask(fetch("y")); return b.await(x) + b.await(y); }));
    });
    assertThat(r).isEqualTo("xy");
  }
  @Test void timeout() {
    Assertions.assertThrows(AsyncTimeoutException.class, () -> EventLoop.<String>run(LoopOptions.simulated(3), a -> a.await(Asyncio.timeout(Duration.ofMillis(5), fetch("z")))));
  }
  @Test void speed() {
    for (int k = 0; k < 8; k++) {
    long n = 4_000_000;
    long t0 = System.nanoTime();
    EventLoop.run(a -> { 
      var t1 = Asyncio.createTask(Async.of(b -> { for (int i = 0; i < n/2; i++) b.await(Asyncio.yieldNow()); return 1; }));
      var t2 = Asyncio.createTask(Async.of(b -> { for (int i = 0; i < n/2; i++) b.await(Asyncio.yieldNow()); return 1; }));
      return a.await(t1) + a.await(t2); });
    long t1 = System.nanoTime();
    EventLoop.run(a -> { 
      Queue<Integer> q = Queue.of(1);
      var p = Asyncio.createTask(Async.of(b -> { for (int i = 0; i < n; i++) b.await(q.put(i & 127)); return 1; }));
      var c = Asyncio.createTask(Async.of(b -> { int s = 0; for (int i = 0; i < n; i++) s += b.await(q.get()); return s; }));
      return a.await(p) + a.await(c); });
    long t2 = System.nanoTime();
    System.out.printf("switch %.1f ns  queue1 %.1f ns%n", (t1 - t0) / (double) n, (t2 - t1) / (double) n);
    }
  }
}
