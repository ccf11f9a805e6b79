/** What runs in a worker process. */
@NullMarked
package dev.heddle.process.worker;

import org.jspecify.annotations.NullMarked;
