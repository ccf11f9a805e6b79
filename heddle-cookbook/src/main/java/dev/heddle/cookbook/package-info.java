/**
 * The cookbook: small, tested example programs, one for each row of the study notes; {@code heddle cookbook} lists and runs
 * them.
 */
@NullMarked
package dev.heddle.cookbook;

import org.jspecify.annotations.NullMarked;
