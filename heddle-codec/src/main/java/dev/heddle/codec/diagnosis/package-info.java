/**
 * Messages for values that cannot be encoded: the field path to the object at fault, and the reason.
 */
@NullMarked
package dev.heddle.codec.diagnosis;

import org.jspecify.annotations.NullMarked;
