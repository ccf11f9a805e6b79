/** Benchmarks of {@code heddle-asyncio} beside coroutines of Kotlin and virtual threads. */
@NullMarked
package dev.heddle.benchmarks.asyncio;

import org.jspecify.annotations.NullMarked;
