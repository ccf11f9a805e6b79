/** Five programs of a first week, each beside a twin that does the same with {@code java.util.concurrent} alone. */
@NullMarked
package dev.heddle.cookbook.everyday;

import org.jspecify.annotations.NullMarked;
