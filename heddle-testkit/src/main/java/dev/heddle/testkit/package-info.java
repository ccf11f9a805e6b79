/**
 * What tests of concurrent code need: time that stands still ({@link dev.heddle.testkit.VirtualClock}), steps in a given
 * order
 * across threads ({@link dev.heddle.testkit.Sequencer}), a bound for every test that names who hangs ({@link
 * dev.heddle.testkit.Bounded}), and the contract of executors as suites to be run over any engine ({@link
 * dev.heddle.testkit.ExecutorContract}).
 *
 * <p>Origin: {@code trio.testing}, and the suites of CPython's {@code test_concurrent_futures}, which cross every test with
 * every executor.
 */
@NullMarked
package dev.heddle.testkit;

import org.jspecify.annotations.NullMarked;
