/** The compiler of generator bodies: from the bytes of a lambda to a state machine. It knows nothing of generators. */
@NullMarked
package dev.heddle.iter.internal;

import org.jspecify.annotations.NullMarked;
