/** The execution of a pipeline: workers, the queues between stages, failures and the end of the run. */
@NullMarked
package dev.heddle.queue.run;

import org.jspecify.annotations.NullMarked;
