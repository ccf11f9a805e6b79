/**
 * Large primitive arrays in memory-mapped files that the parent and its workers share.
 */
@NullMarked
package dev.heddle.codec.shared;

import org.jspecify.annotations.NullMarked;
