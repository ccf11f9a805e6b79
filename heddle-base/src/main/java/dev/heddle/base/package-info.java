/** Utilities shared by Heddle's own modules: argument checks and text escaping. */
@NullMarked
package dev.heddle.base;

import org.jspecify.annotations.NullMarked;
