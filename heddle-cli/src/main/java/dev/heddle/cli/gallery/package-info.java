/** The hidden command {@code heddle gallery}, which makes the pictures of the documentation. */
@NullMarked
package dev.heddle.cli.gallery;

import org.jspecify.annotations.NullMarked;
