/**
 * Tasks written in jshell: finds the variables of the session that a task reads, and sends their values and classes with it.
 */
@NullMarked
package dev.heddle.codec.shell;

import org.jspecify.annotations.NullMarked;
