/**
 * Tools for tests of concurrent code: a clock that the test advances ({@link dev.heddle.testkit.VirtualClock}), steps in a
 * given order across threads ({@link dev.heddle.testkit.Sequencer}), a time limit for each test that reports what every
 * thread does ({@link dev.heddle.testkit.Bounded}), and gates, meeting points and counters that tasks share.
 *
 * <p>The contract of executors as test suites is in {@link dev.heddle.testkit.contract}.
 *
 * <p>Origin: {@code trio.testing}.
 */
@NullMarked
package dev.heddle.testkit;

import org.jspecify.annotations.NullMarked;
