/** The inputs and the results of jobs. */
@NullMarked
package dev.heddle.cli.each.job;

import org.jspecify.annotations.NullMarked;
