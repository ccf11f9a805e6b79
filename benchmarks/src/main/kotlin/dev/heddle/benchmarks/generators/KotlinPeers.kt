package dev.heddle.benchmarks.generators

/** The generators of the benchmarks as Kotlin's compiler makes them. */
object KotlinPeers {
  /** The numbers from 0 up to, not including, [stop], by `iterator {}`. */
  @JvmStatic
  fun range(stop: Int): Iterator<Int> = iterator {
    for (i in 0 until stop) {
      yield(i)
    }
  }

  /** The same by `sequence {}`. */
  @JvmStatic
  fun sequenceOfRange(stop: Int): Iterator<Int> = sequence {
    for (i in 0 until stop) {
      yield(i)
    }
  }.iterator()

  /** The same through [depth] iterators, each of which hands out all of the next with `yieldAll`. */
  @JvmStatic
  fun nested(depth: Int, stop: Int): Iterator<Int> = iterator {
    if (depth == 0) {
      for (i in 0 until stop) {
        yield(i)
      }
    } else {
      yieldAll(nested(depth - 1, stop))
    }
  }
}
