/**
 * Tasks of an executor: a task's future, its attempts with time-out, retries and context, and the scheduler that brings them
 * to an engine and counts what becomes of them.
 */
@NullMarked
package dev.heddle.futures.task;

import org.jspecify.annotations.NullMarked;
