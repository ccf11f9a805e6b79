/** {@code heddle top}. */
@NullMarked
package dev.heddle.cli.top;

import org.jspecify.annotations.NullMarked;
