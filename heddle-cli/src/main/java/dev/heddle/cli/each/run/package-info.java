/** The scheduler of jobs and the processes that it runs. */
@NullMarked
package dev.heddle.cli.each.run;

import org.jspecify.annotations.NullMarked;
