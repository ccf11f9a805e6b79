/** The download styles to compare, and the download of one flag with its retries. */
@NullMarked
package dev.heddle.flags.styles;

import org.jspecify.annotations.NullMarked;
