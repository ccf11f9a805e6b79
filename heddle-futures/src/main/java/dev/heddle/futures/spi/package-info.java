/**
 * What an engine implements: {@link dev.heddle.futures.spi.Engine} runs {@link dev.heddle.futures.spi.Work}, one {@link
 * dev.heddle.futures.spi.Attempt} at a time. Everything else of the contract (futures, retries, time-outs, maps, deadlock
 * detection, statistics) stands above it and is the same for every engine.
 */
@NullMarked
package dev.heddle.futures.spi;

import org.jspecify.annotations.NullMarked;
