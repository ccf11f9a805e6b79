/** Progress in a terminal. */
@NullMarked
package dev.heddle.cli.progress;

import org.jspecify.annotations.NullMarked;
