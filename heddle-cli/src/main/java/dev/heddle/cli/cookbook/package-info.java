/** The command {@code heddle cookbook}. */
@NullMarked
package dev.heddle.cli.cookbook;

import org.jspecify.annotations.NullMarked;
