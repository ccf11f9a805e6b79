/** Child processes: run, start, and pipelines of them. */
@NullMarked
package dev.heddle.subprocess;

import org.jspecify.annotations.NullMarked;
