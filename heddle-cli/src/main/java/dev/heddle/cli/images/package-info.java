/** The command {@code heddle images}. */
@NullMarked
package dev.heddle.cli.images;

import org.jspecify.annotations.NullMarked;
