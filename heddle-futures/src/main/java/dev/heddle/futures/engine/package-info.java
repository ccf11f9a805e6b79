/** The engines on threads of this JVM: a limited number of workers with one queue, and a virtual thread for each task. */
@NullMarked
package dev.heddle.futures.engine;

import org.jspecify.annotations.NullMarked;
