package dev.heddle.benchmarks.asyncio

import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** What the benchmarks of the event loop do, by the coroutines of Kotlin, on one thread as well. */
object KotlinCoroutines {
  /** Two coroutines that take turns, [count] times in all. */
  @JvmStatic
  fun switches(count: Int): Unit = runBlocking {
    repeat(2) {
      launch { repeat(count / 2) { yield() } }
    }
  }

  /** [count] numbers through a channel of capacity 1; their sum. */
  @JvmStatic
  fun channel(count: Int): Long = runBlocking {
    val channel = Channel<Int>(1)
    launch {
      repeat(count) { channel.send(it and 127) }
      channel.close()
    }
    var sum = 0L
    for (each in channel) {
      sum += each
    }
    sum
  }

  /** Runs [probe] while [count] coroutines sleep, then cancels them. */
  @JvmStatic
  fun sleepers(count: Int, probe: Runnable): Unit = runBlocking {
    repeat(count) { launch { delay(600_000) } }
    yield()
    yield()
    probe.run()
    coroutineContext.cancelChildren()
  }

  /** [count] coroutines, each of which sleeps for [millis]. */
  @JvmStatic
  fun naps(count: Int, millis: Long): Unit = runBlocking {
    repeat(count) { launch { delay(millis) } }
  }
}
