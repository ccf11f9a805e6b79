/** {@code heddle node}: a member of a cluster that runs tasks. */
@NullMarked
package dev.heddle.cli.node;

import org.jspecify.annotations.NullMarked;
