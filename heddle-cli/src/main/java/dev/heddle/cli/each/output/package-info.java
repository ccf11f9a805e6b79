/** The output of jobs and of their progress on the terminal. */
@NullMarked
package dev.heddle.cli.each.output;

import org.jspecify.annotations.NullMarked;
