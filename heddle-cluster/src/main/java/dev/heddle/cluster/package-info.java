/**
 * Executors over several machines: {@link dev.heddle.cluster.ClusterPool} sends tasks to members of a cluster, and
 * {@link dev.heddle.cluster.ClusterNode} is one that runs them.
 */
@NullMarked
package dev.heddle.cluster;

import org.jspecify.annotations.NullMarked;
