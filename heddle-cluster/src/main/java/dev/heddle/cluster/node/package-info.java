/** The side of the cluster that runs tasks: seats of drivers, permits, what is kept, and the answers to requests. */
@NullMarked
package dev.heddle.cluster.node;

import org.jspecify.annotations.NullMarked;
