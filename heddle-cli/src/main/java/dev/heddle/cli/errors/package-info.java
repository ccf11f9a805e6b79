/** Errors of the command line: checks of options, and how wrong usage is reported. */
@NullMarked
package dev.heddle.cli.errors;

import org.jspecify.annotations.NullMarked;
