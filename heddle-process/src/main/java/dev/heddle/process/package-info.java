/**
 * The process pool: {@link dev.heddle.process.ProcessPool} makes executors whose tasks run in worker JVMs, set up by
 * {@link dev.heddle.process.ProcessOptions} and {@link dev.heddle.process.WorkerJvm}.
 */
@NullMarked
package dev.heddle.process;

import org.jspecify.annotations.NullMarked;
