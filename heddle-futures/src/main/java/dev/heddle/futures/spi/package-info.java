/**
 * The interface between executors and their engines: an {@link dev.heddle.futures.spi.Engine} runs {@link
 * dev.heddle.futures.spi.Work}, one {@link dev.heddle.futures.spi.Attempt} at a time. The rest of the contract (futures,
 * retries, time-outs, maps, deadlock detection, statistics) is implemented above it, once for all engines.
 */
@NullMarked
package dev.heddle.futures.spi;

import org.jspecify.annotations.NullMarked;
