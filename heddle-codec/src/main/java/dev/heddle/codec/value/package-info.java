/**
 * The encoding of values: simple ones by a tag and their bytes, all others by JDK serialization in one part of the message.
 */
@NullMarked
package dev.heddle.codec.value;

import org.jspecify.annotations.NullMarked;
