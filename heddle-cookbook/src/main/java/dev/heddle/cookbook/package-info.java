/**
 * One small program for each thing that Heddle does, after the rows of the study notes it grew from: to read, to run with
 * {@code heddle cookbook}, and tested.
 */
@NullMarked
package dev.heddle.cookbook;

import org.jspecify.annotations.NullMarked;
