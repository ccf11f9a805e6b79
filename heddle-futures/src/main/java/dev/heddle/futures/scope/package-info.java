/** Task scopes: children of a block, which have ended when the block ends. */
@NullMarked
package dev.heddle.futures.scope;

import org.jspecify.annotations.NullMarked;
