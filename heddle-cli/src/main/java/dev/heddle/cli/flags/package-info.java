/** The command {@code heddle flags}. */
@NullMarked
package dev.heddle.cli.flags;

import org.jspecify.annotations.NullMarked;
