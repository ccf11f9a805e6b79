/**
 * The bytes of messages: a little-endian writer and reader, the tags of values, and the kinds of primitive arrays. The
 * reader checks every length before it allocates.
 */
@NullMarked
package dev.heddle.codec.message;

import org.jspecify.annotations.NullMarked;
