/** The driver's side: the connection to a cluster, seats at its members, and executors whose dispatcher assigns tasks to seats. */
@NullMarked
package dev.heddle.cluster.pool;

import org.jspecify.annotations.NullMarked;
