package consumer

import dev.heddle.asyncio.AsyncBody
import dev.heddle.asyncio.Asyncio
import dev.heddle.asyncio.EventLoop
import dev.heddle.futures.ThreadPool
import dev.heddle.iter.Coroutine
import dev.heddle.iter.Generator
import dev.heddle.iter.GeneratorBody
import dev.heddle.iter.Itertools
import dev.heddle.process.ProcessPool
import dev.heddle.process.WorkerCrashedException
import dev.heddle.queue.ClosableQueue
import dev.heddle.queue.Pipeline
import dev.heddle.subprocess.Subprocess
import dev.heddle.timeline.Span
import dev.heddle.timeline.Timeline
import java.time.Duration
import java.util.concurrent.LinkedBlockingQueue
import kotlin.system.exitProcess

data class Answer(val value: Int) : java.io.Serializable

fun iterators() {
  val squares = GeneratorBody<Int> { y -> for (i in 1..3) y.`yield`(i * i) }
  println("engine      " + Generator.engineOf(squares).kind())
  println("generator   " + Generator.of(squares).toList())
  val coroutine = Coroutine.of<Int, Int, String> { y -> "was sent " + y.`yield`(1) }
  coroutine.next()
  runCatching { coroutine.send(2) }
  println("coroutine   " + coroutine.result())
  println("itertools   " + Itertools.pairwise(Itertools.islice(Itertools.count(1), 3)).toList())
}

fun processes() {
  ProcessPool.of(2).use { pool ->
    val captured = 10
    println("processes   " + pool.map({ n: Int -> Answer(n * captured) }, listOf(1, 2, 3)).toList())
    val exits = pool.submit<Int> { exitProcess(3) }
    println("crash       " + (exits.exception() as WorkerCrashedException).exitCode())
  }
}

fun main() {
  iterators()
  ThreadPool.of(2).use { pool -> println("threads     " + pool.map({ n: Int -> n * n }, listOf(1, 2, 3)).toList()) }
  processes()
  println("asyncio     " + EventLoop.run(AsyncBody { a ->
    a.await(Asyncio.sleep(Duration.ofMillis(1)))
    "slept"
  }))
  val queue = ClosableQueue.fifo<Int>(8)
  queue.put(1)
  queue.close()
  println("queue       " + queue.iterator().toList())
  val doubled = LinkedBlockingQueue<Int>()
  val report = Pipeline.from(listOf(1, 2, 3)).stage("double", 1) { n: Int -> n * 2 }.to { doubled.add(it) }.run()
  println("pipeline    $doubled ${report.outcome()}")
  println("subprocess  " + Subprocess.run("echo", "hello from a child").orThrow().stdout().trim())
  println("timeline    " + Timeline.of(listOf(Span("lane", "work", 0, 1_000_000))).lanes().keys)
}
