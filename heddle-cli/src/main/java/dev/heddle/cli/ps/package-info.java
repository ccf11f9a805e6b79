/** {@code heddle ps}. */
@NullMarked
package dev.heddle.cli.ps;

import org.jspecify.annotations.NullMarked;
