/** Stand-in until the codec is merged. */
@NullMarked
package dev.heddle.process.codec;

import org.jspecify.annotations.NullMarked;
