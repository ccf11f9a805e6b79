/**
 * The compiler of bodies: finds the code of a lambda, analyses it and writes it as a state machine. It knows a yielder by
 * its annotations and nothing of generators.
 */
@NullMarked
package dev.heddle.iter.compiler;

import org.jspecify.annotations.NullMarked;
