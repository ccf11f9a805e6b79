/**
 * The class loaders of both sides under common names, and the transfer of class files from the parent to workers.
 */
@NullMarked
package dev.heddle.codec.loader;

import org.jspecify.annotations.NullMarked;
