/** Limits on what runs at once or begins in a period: queues of permits, and permits for each key. */
@NullMarked
package dev.heddle.futures.limit;

import org.jspecify.annotations.NullMarked;
