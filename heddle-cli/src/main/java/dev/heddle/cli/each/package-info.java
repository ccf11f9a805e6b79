/** The command {@code heddle each}: runs a command for each input, several at once. */
@NullMarked
package dev.heddle.cli.each;

import org.jspecify.annotations.NullMarked;
