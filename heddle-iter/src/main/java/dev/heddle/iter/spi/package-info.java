/**
 * What generated state machines and libraries with suspending bodies of their own need: the mark of a suspension point and
 * the linker of the generated code. Programs do not use it.
 */
@NullMarked
package dev.heddle.iter.spi;

import org.jspecify.annotations.NullMarked;
