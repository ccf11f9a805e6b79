/** The files that keep what jobs have done: the log of jobs, and the folder of their results. */
@NullMarked
package dev.heddle.cli.each.log;

import org.jspecify.annotations.NullMarked;
