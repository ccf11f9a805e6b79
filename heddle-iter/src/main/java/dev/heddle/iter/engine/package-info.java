/**
 * The engines of generators and coroutines: the state machine that runs on the thread of the caller, the virtual thread that
 * takes turns with it, and the protocol that both share.
 */
@NullMarked
package dev.heddle.iter.engine;

import org.jspecify.annotations.NullMarked;
