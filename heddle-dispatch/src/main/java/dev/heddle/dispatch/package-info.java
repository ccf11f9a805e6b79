/**
 * Assigns tasks to workers that are known as {@linkplain dev.heddle.dispatch.WorkerChannel channels} only. Start reading at
 * {@link dev.heddle.dispatch.Dispatcher}, which states the scheduling policy.
 */
@NullMarked
package dev.heddle.dispatch;

import org.jspecify.annotations.NullMarked;
