/**
 * The encoding of exceptions, as objects where possible and as text otherwise.
 */
@NullMarked
package dev.heddle.codec.failure;

import org.jspecify.annotations.NullMarked;
