/** The view of another JVM: finds and attaches to it, and reads what Heddle's objects in it tell. */
@NullMarked
package dev.heddle.cli.live;

import org.jspecify.annotations.NullMarked;
