/** Products, permutations and combinations of elements in memory. */
@NullMarked
package dev.heddle.iter.combinatorics;

import org.jspecify.annotations.NullMarked;
