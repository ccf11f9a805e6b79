/**
 * What the parent accepts from a worker: the allow-list of classes, and the limits of one message.
 */
@NullMarked
package dev.heddle.codec.filter;

import org.jspecify.annotations.NullMarked;
