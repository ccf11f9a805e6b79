/** The program of a worker process. Start reading at {@link dev.heddle.process.worker.WorkerMain}. */
@NullMarked
package dev.heddle.process.worker;

import org.jspecify.annotations.NullMarked;
