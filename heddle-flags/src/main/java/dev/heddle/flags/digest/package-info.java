/** SHA-256 checksums. */
@NullMarked
package dev.heddle.flags.digest;

import org.jspecify.annotations.NullMarked;
