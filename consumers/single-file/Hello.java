import dev.heddle.asyncio.*;
import dev.heddle.futures.*;
import dev.heddle.iter.*;
import dev.heddle.process.*;
import dev.heddle.queue.*;
import dev.heddle.subprocess.*;

record Answer(int value) {}

void main() {
  Generator<Integer> squares = Generator.of(y -> {
    for (int i = 1; i <= 3; i++) y.yield(i * i);
  });
  IO.println("generator   " + squares.toList());
  IO.println("itertools   " + Itertools.pairwise(Itertools.islice(Itertools.count(1), 3)).toList());
  try (Executor pool = ThreadPool.virtual()) {
    IO.println("threads     " + pool.map(n -> n * n, List.of(1, 2, 3)).toList());
  }
  try (Executor pool = ProcessPool.of(2)) {
    IO.println("processes   " + pool.map(n -> new Answer(n * 10), List.of(1, 2, 3)).toList());
  }
  IO.println("asyncio     " + EventLoop.run(a -> {
    a.await(Asyncio.sleep(Duration.ofMillis(1)));
    return "slept";
  }));
  var doubled = new LinkedBlockingQueue<Integer>();
  Pipeline.from(List.of(1, 2, 3)).stage("double", 1, n -> n * 2).to(doubled::add).run();
  IO.println("pipeline    " + doubled);
  IO.println("subprocess  " + Subprocess.run("echo", "hello from a child").orThrow().stdout().strip());
}
