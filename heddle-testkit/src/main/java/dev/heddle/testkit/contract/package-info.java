/**
 * The contract of executors as test suites, to be run over any engine: see {@link
 * dev.heddle.testkit.contract.ExecutorContract}.
 *
 * <p>Origin: the suites of CPython's {@code test_concurrent_futures}, which cross every test with every executor.
 */
@NullMarked
package dev.heddle.testkit.contract;

import org.jspecify.annotations.NullMarked;
