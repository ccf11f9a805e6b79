/** The terminal: which streams are one, its size, and signals. */
@NullMarked
package dev.heddle.cli.terminal;

import org.jspecify.annotations.NullMarked;
