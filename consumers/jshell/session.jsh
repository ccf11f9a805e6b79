import dev.heddle.futures.*
import dev.heddle.iter.*
import dev.heddle.process.*
import dev.heddle.queue.*
import dev.heddle.subprocess.*

record Answer(int value) {}

Generator<Integer> squares = Generator.of(y -> { for (int i = 1; i <= 3; i++) y.yield(i * i); })
System.out.println("generator   " + squares.toList())

try (Executor pool = ThreadPool.virtual()) {
  System.out.println("threads     " + pool.map(n -> n * n, List.of(1, 2, 3)).toList());
}
int factor = 10
try (Executor pool = ProcessPool.of(2)) {
  System.out.println("processes   " + pool.map(n -> new Answer(n * factor), List.of(1, 2, 3)).toList());
}
var queue = ClosableQueue.<Integer>fifo(8)
queue.put(1)
queue.close()
System.out.println("queue       " + queue.iterator().toList())
System.out.println("subprocess  " + Subprocess.run("echo", "hello from a child").orThrow().stdout().strip())
/exit
