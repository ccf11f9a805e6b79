/** The command {@code heddle bench}. */
@NullMarked
package dev.heddle.cli.bench;

import org.jspecify.annotations.NullMarked;
